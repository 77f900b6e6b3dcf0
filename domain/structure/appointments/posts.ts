/** The posts, in order of rank. Browser-safe. */

export interface Post {
  value: string
  title: string
  /** Counts among officers (团干部); the rest are posts of the system only. */
  officer: boolean
  /** A seat on the committee (班子成员). */
  seat: boolean
  synonyms: string[]
}

const post = (value: string, title: string, synonyms: string, kind: 'seat' | 'officer' | 'system'): Post => ({
  value,
  title,
  officer: kind !== 'system',
  seat: kind === 'seat',
  synonyms: synonyms.split(' ').filter(Boolean),
})

export const POSTS: Post[] = [
  post('secretary', '书记', '团委书记 团总支书记 团支部书记 团工委书记 支部书记 支书 团支书', 'seat'),
  post('deputySecretary', '副书记', '团委副书记 团总支副书记 团支部副书记 副支书', 'seat'),
  post(
    'committeeMember',
    '委员',
    '团委委员 团支部委员 支部委员 组织委员 宣传委员 组宣委员 文体委员 文艺委员 体育委员 学习委员 纪检委员 生活委员 青工委员 女青年委员 志愿服务委员',
    'seat',
  ),
  post('director', '主任', '少工委主任', 'officer'),
  post('deputyDirector', '副主任', '少工委副主任', 'officer'),
  post('groupLeader', '团小组长', '小组长 团小组组长', 'officer'),
  post('staff', '干事', '团干事 工作人员', 'system'),
  post('reviewer', '审阅人', '', 'system'),
  post('administrator', '系统管理员', '管理员', 'system'),
]

export const postOf = (value: string): Post | undefined => POSTS.find((p) => p.value === value)

export const OFFICER_POSTS = POSTS.filter((p) => p.officer).map((p) => p.value)
export const SEAT_POSTS = POSTS.filter((p) => p.seat).map((p) => p.value)

const options = (list: [string, string][]) => list.map(([value, title]) => ({ value, title }))

export const OFFICER_KINDS = options([
  ['fullTime', '专职'],
  ['partTime', '兼职'],
  ['seconded', '挂职'],
])
export const APPOINTMENT_MODES = options([
  ['elected', '选举'],
  ['appointed', '任命'],
  ['coOpted', '增补'],
  ['byElection', '补选'],
])
export const DISMISSAL_REASONS = options([
  ['termEnded', '届满离任'],
  ['resigned', '辞职'],
  ['transferred', '工作调动'],
  ['dismissed', '免职'],
  ['ageLimit', '超龄'],
  ['orgClosed', '组织合并或撤销'],
  ['other', '其他'],
])
