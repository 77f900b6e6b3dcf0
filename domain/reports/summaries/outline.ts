/**
 * The default outline as data: what any township or county states, in the order in which summaries state it. Lines of
 * work come from the ledgers and stand between; problems and plans come from problems.ts.
 */
import { measure } from '../../../kernel/measureId.ts'
import { orgTypes, sectors, titleOf } from '../../structure/organisations/words.ts'
import { EDUCATION_LEVELS } from '../../structure/people/codes.ts'
import type { FigureSpec } from './model.ts'
import type { WhenMissing } from './sentences.ts'

export interface OutlineSentence {
  /** Also the paragraph: sentences of one paragraph share it. */
  id: string
  section: OutlineSection
  /** `{name}` is a figure; `{org}`, `{period}` and `{until}` are words; a `[part]` goes when a figure in it says nothing. */
  text: string
  figures: Record<string, FigureSpec>
  whenMissing?: WhenMissing
  /** Says nothing new when these two figures are equal. */
  unlessEqual?: [string, string]
}

type OutlineSection = 'opening' | 'basics' | 'organisation'

export const sectionTitles = {
  opening: '',
  basics: '基本情况',
  work: '工作开展情况',
  problems: '存在的不足',
}

/** What comes after the period: 下半年工作打算, 2023年工作打算. */
export function plansTitle(period: string): string {
  if (/^\d{4}H1$/.test(period)) return '下半年工作打算'
  if (/^\d{4}(H2)?$/.test(period)) return `${Number(period.slice(0, 4)) + 1}年工作打算`
  return '下一步工作打算'
}

/** The line of work under which the outline's own sentences about the organisation stand, with the ledgers of the same. */
export const ORGANISATION_LINE = '组织建设'

/** Words before the type: 村团支部, 学校团总支. */
const sectorWord: Record<string, string> = {
  territory: '',
  village: '村',
  townshipOffice: '镇直',
  other: '其他',
}

/** A kind of direct subordinates that exists. */
export interface Kind {
  sector: string
  type: string
  level: string | null
}

const levelWord: Record<string, string> = { township: '乡镇（街道）', county: '县级', city: '市级' }

const wordsOfKind = ({ sector, type, level }: Kind) =>
  (levelWord[level ?? ''] ?? sectorWord[sector] ?? titleOf(sectors, sector)) + titleOf(orgTypes, type)

const education: [string, string][] = EDUCATION_LEVELS.filter((e) => e.value !== 'none').map((e) => [
  e.value,
  e.title.replace(/^大学(?=本科)/, '').replace('大学专科', '大专'),
])

const educationParts = education.map(([value, title]) => `[，${title}{${value}}]`).join('')

const byEducation = (measure: string): Record<string, FigureSpec> =>
  Object.fromEntries(education.map(([value]) => [value, { measure, where: { education: value } }]))

/** 下辖团组织20个，其中村团支部16个，镇直团支部1个，学校团总支3个. */
function subordinates(kinds: readonly Kind[]): OutlineSentence {
  const parts = kinds.map((kind, i) => `[，${wordsOfKind(kind)}{kind${i}}]`)
  const figures = kinds.map(({ sector, type, level }, i): [string, FigureSpec] => {
    const where = { sector, type, ...(level && { level }) }
    return [`kind${i}`, { measure: measure('org.subordinates'), where }]
  })
  return {
    id: 'subordinates',
    section: 'basics',
    text: `[{org}下辖团组织{all}，其中${parts.join('')}。]`,
    figures: { all: { measure: measure('org.subordinates') }, ...Object.fromEntries(figures) },
  }
}

const sentences: OutlineSentence[] = [
  {
    id: 'opening',
    section: 'opening',
    text: '现将{org}{period}{until}工作开展情况总结如下。',
    figures: {},
  },
  {
    id: 'subtree',
    section: 'basics',
    text: '所属各级团组织共{below}，其中[，团委{committees}][，团工委{workCommittees}][，团总支{generalBranches}][，团支部{branches}]。',
    figures: {
      direct: { measure: measure('org.subordinates') },
      below: { measure: measure('org.below') },
      committees: { measure: measure('org.below'), where: { type: 'committee' } },
      workCommittees: { measure: measure('org.below'), where: { type: 'workCommittee' } },
      generalBranches: { measure: measure('org.below'), where: { type: 'generalBranch' } },
      branches: { measure: measure('org.below'), where: { type: 'branch' } },
    },
    unlessEqual: ['direct', 'below'],
  },
  {
    id: 'members',
    section: 'basics',
    text: '现有团员{members}[，其中女团员{women}][，少数民族团员{minority}][，流动团员{mobile}]。',
    figures: {
      members: { measure: measure('members.count') },
      women: { measure: measure('members.female') },
      minority: { measure: measure('members.minority') },
      mobile: { measure: measure('members.mobile') },
    },
    whenMissing: 'mark',
  },
  {
    id: 'seats',
    section: 'basics',
    text: `[团委委员{seats}，其中${educationParts}[；党员{party}，占{partyShare}]。]`,
    figures: {
      seats: { measure: measure('officers.seats') },
      ...byEducation(measure('officers.seats')),
      party: { measure: measure('officers.seats'), where: { partyMember: '是' } },
      partyShare: { measure: measure('officers.seatsPartyShare') },
    },
  },
  {
    id: 'officers',
    section: 'basics',
    text: `团干部{officers}，其中${educationParts}[；女团干部{women}，占团干部人数的{womenShare}][；少数民族团干部{minority}，占{minorityShare}][；党员{party}，占{partyShare}]。[共担任职务{posts}。]`,
    figures: {
      officers: { measure: measure('officers.people') },
      ...byEducation(measure('officers.people')),
      women: { measure: measure('officers.female') },
      womenShare: { measure: measure('officers.femaleShare') },
      minority: { measure: measure('officers.minority') },
      minorityShare: { measure: measure('officers.minorityShare') },
      party: { measure: measure('officers.party') },
      partyShare: { measure: measure('officers.partyShare') },
      posts: { measure: measure('officers.posts') },
    },
    whenMissing: 'mark',
  },
  {
    id: 'graduateVillageOfficials',
    section: 'basics',
    text: '[大学生村官{officials}担任团支部书记。]',
    figures: {
      officials: { measure: measure('officers.villageOfficialSecretaries') },
    },
  },
  {
    id: 'tree',
    section: 'organisation',
    text: '[新设团组织{opened}。][撤销、合并团组织{closed}。][划转团组织{moved}。]',
    figures: {
      opened: { measure: measure('org.opened') },
      closed: { measure: measure('org.closed') },
      moved: { measure: measure('org.moved') },
    },
  },
  {
    id: 'pioneers',
    section: 'organisation',
    text: '[成立校外少工委{opened}][，选举产生少工委主任{directors}]。',
    figures: {
      opened: { measure: measure('pioneers.committeesOpened'), where: { sector: '!school' } },
      directors: { measure: measure('pioneers.directorsElected') },
    },
  },
  {
    id: 'admissions',
    section: 'organisation',
    text: '[新发展团员{admitted}。][转入团员{transferredIn}。][转出团员{transferredOut}。][超龄离团{agedOut}。]',
    figures: {
      admitted: { measure: measure('members.admitted') },
      transferredIn: { measure: measure('members.transferredIn') },
      transferredOut: { measure: measure('members.transferredOut') },
      agedOut: { measure: measure('members.agedOut') },
    },
  },
]

export const outlineFor = (kinds: readonly Kind[]): OutlineSentence[] => {
  const [opening, ...rest] = sentences
  return opening ? [opening, subordinates(kinds), ...rest] : []
}
