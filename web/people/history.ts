/** What history keeps of a change, in the offices' words. */
import {
  APPOINTMENT_MODES,
  DISMISSAL_REASONS,
  OFFICER_KINDS,
  POSTS,
} from '../../domain/structure/appointments/posts.ts'
import { END_REASONS, START_REASONS } from '../../domain/structure/memberships/reasons.ts'
import {
  EDUCATION_LEVELS,
  ETHNICITIES,
  POLITICAL_STATUSES,
  SEXES,
} from '../../domain/structure/people/codes.ts'
import { type Choice, titleIn } from './words.ts'

interface Known {
  title: string
  choices?: Choice[]
}

const REASONS = [...START_REASONS, ...END_REASONS, ...DISMISSAL_REASONS]

const KEYS: Record<string, Known> = {
  reason: { title: '原因', choices: REASONS },
  note: { title: '说明' },
  name: { title: '姓名' },
  sex: { title: '性别', choices: SEXES },
  birthDate: { title: '出生日期' },
  ethnicity: { title: '民族', choices: ETHNICITIES },
  occupation: { title: '职业' },
  nativePlace: { title: '籍贯' },
  joinedLeagueOn: { title: '入团时间' },
  idNumber: { title: '身份证号' },
  phone: { title: '联系电话' },
  from: { title: '自' },
  on: { title: '自' },
  to: { title: '至' },
  validFrom: { title: '开始' },
  validTo: { title: '结束' },
  startReason: { title: '来源', choices: START_REASONS },
  endReason: { title: '结束原因', choices: REASONS },
  memberNo: { title: '发展团员编号' },
  post: { title: '职务', choices: POSTS },
  postTitle: { title: '职务全称' },
  mode: { title: '任职方式', choices: APPOINTMENT_MODES },
  officerKind: { title: '专兼挂', choices: OFFICER_KINDS },
  place: { title: '去向' },
  kept: { title: '留下' },
  gone: { title: '并入' },
  pair: { title: '两份资料' },
  trait: {
    title: '事项',
    choices: [
      { value: 'education', title: '学历' },
      { value: 'party', title: '党员身份' },
      { value: 'politics', title: '政治面貌' },
      { value: 'mobile', title: '流动' },
      { value: 'graduateVillageOfficial', title: '大学生村官' },
    ],
  },
  value: {
    title: '变为',
    choices: [...EDUCATION_LEVELS, ...POLITICAL_STATUSES, { value: 'yes', title: '是' }],
  },
}

const FOREVER = /^(infinity|9999)/
const ALWAYS = /^(-infinity|0001)/

function shown(value: unknown, choices: Choice[] | undefined): string {
  const text = value === null || value === undefined || value === '' ? '空' : String(value)
  if (FOREVER.test(text)) return '至今'
  if (ALWAYS.test(text)) return '不详'
  return choices ? titleIn(choices, text) : text.replace(/ 00:00:00$/, '')
}

/** 姓名：李小明 → 李晓明；原因：身份证核对. What nobody would understand is left out. */
export function changesInWords(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return ''
  return Object.entries(detail)
    .flatMap(([key, value]) => {
      const known = KEYS[key]
      if (!known) return []
      const words = Array.isArray(value)
        ? `${shown(value[0], known.choices)} → ${shown(value[1], known.choices)}`
        : shown(value, known.choices)
      return [`${known.title}：${words}`]
    })
    .join('；')
}
