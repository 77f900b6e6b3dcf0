/** The offices' words for the values that an organisation may carry: for forms, imports, measures and messages. */

export interface Choice {
  value: string
  title: string
  /** Words that stand for the same in real spreadsheets. */
  synonyms: string[]
}

export const orgTypes: Choice[] = [
  {
    value: 'committee',
    title: '团委',
    synonyms: ['基层团委', '团的委员会', '委员会', '团县委', '团市委', '团区委'],
  },
  { value: 'workCommittee', title: '团工委', synonyms: ['团的工作委员会', '团工作委员会', '工委'] },
  { value: 'generalBranch', title: '团总支', synonyms: ['总支', '总支部', '团总支部', '总支部委员会'] },
  { value: 'branch', title: '团支部', synonyms: ['支部', '支部委员会', '团的支部'] },
  { value: 'group', title: '团小组', synonyms: ['小组'] },
  { value: 'pioneersCommittee', title: '少工委', synonyms: ['少先队工作委员会', '少年先锋队工作委员会'] },
]

export const sectors: Choice[] = [
  {
    value: 'territory',
    title: '地方',
    synonyms: ['地方团委', '县（市、区、旗）', '乡镇街道', '乡镇（街道）', '区域'],
  },
  { value: 'village', title: '行政村', synonyms: ['村', '农村', '村级', '建制村', '乡镇（村）', '乡镇(村)'] },
  {
    value: 'community',
    title: '社区',
    synonyms: ['居委会', '居民小区', '街道社区', '城市街道（社区）', '城市社区'],
  },
  { value: 'school', title: '学校', synonyms: ['学生', '中学', '高校', '中职', '学校领域', '教育'] },
  { value: 'enterprise', title: '企业', synonyms: ['国有企业', '国企', '企业领域', '公司'] },
  {
    value: 'townshipOffice',
    title: '镇直机关',
    synonyms: ['镇直', '乡直', '镇机关', '乡镇机关', '直属机关', '镇直单位'],
  },
  { value: 'governmentBody', title: '机关事业单位', synonyms: ['机关', '事业单位', '党政机关', '机关事业'] },
  {
    value: 'newEconomic',
    title: '新经济组织',
    synonyms: ['非公', '非公企业', '非公有制企业', '非公经济组织', '两新组织'],
  },
  { value: 'newSocial', title: '新社会组织', synonyms: ['社会组织', '社团', '民办非企业单位'] },
  {
    value: 'coOperative',
    title: '农民专业合作社',
    synonyms: ['合作社', '专业合作社', '农民合作社', '合作组织'],
  },
  { value: 'market', title: '街区市场', synonyms: ['街区', '商业街区', '市场', '商圈', '楼宇', '专业市场'] },
  { value: 'military', title: '军队武警', synonyms: ['部队', '武警', '军队', '消防'] },
  { value: 'other', title: '其他', synonyms: ['其它'] },
]

export const levels: Choice[] = [
  { value: 'province', title: '省级', synonyms: ['省', '自治区', '直辖市', '团省委'] },
  { value: 'city', title: '市级', synonyms: ['市', '地市', '设区市', '州', '团市委'] },
  { value: 'county', title: '县级', synonyms: ['县', '区', '区县', '县市区', '旗', '团县委', '团区委'] },
  { value: 'township', title: '乡镇级', synonyms: ['乡', '镇', '街道', '乡镇', '乡级', '镇级', '乡镇街道'] },
]

export const branchKinds: Choice[] = [
  { value: 'joint', title: '联合团支部', synonyms: ['联合', '联合支部'] },
  { value: 'mobile', title: '流动团支部', synonyms: ['流动', '流动支部', '流动团员团支部'] },
  { value: 'temporary', title: '临时团支部', synonyms: ['临时', '临时支部'] },
  { value: 'graduates', title: '毕业班团支部', synonyms: ['毕业班', '毕业生团支部'] },
]

/** The title of a stored value; the value itself where it is unknown. */
export const titleOf = (choices: readonly Choice[], value: string | null): string =>
  choices.find((c) => c.value === value)?.title ?? value ?? ''

/** Reads a word of an office: value, title or synonym. */
export const valueOfWord = (choices: readonly Choice[], word: string): string | undefined =>
  choices.find((c) => c.value === word || c.title === word || c.synonyms.includes(word))?.value

/** Longest first, so that 团总支 is not taken for 支. */
const typeEndings = orgTypes
  .flatMap((t) => [t.title, ...t.synonyms].map((ending) => ({ ending, value: t.value })))
  .sort((a, b) => b.ending.length - a.ending.length)

/** What the ending of a name says: 柳河村团支部 is a branch. */
export const typeOfName = (name: string): string | undefined =>
  typeEndings.find((t) => name.endsWith(t.ending))?.value

const sectorMarks: [RegExp, string][] = [
  [/合作社/, 'coOperative'],
  [/社区|居委会|小区/, 'community'],
  [/村/, 'village'],
  [/学校|中学|小学|大学|学院|中专|职高|幼儿园|班团支部$/, 'school'],
  [/镇直|乡直|镇机关|乡机关/, 'townshipOffice'],
  [/市场|街区|商圈|楼宇/, 'market'],
  [/公司|企业|厂|集团/, 'enterprise'],
  [/局|法院|检察院|医院|卫生院|派出所|机关/, 'governmentBody'],
]

/** What a name says of the sector, where it says anything. */
export const sectorOfName = (name: string): string | undefined =>
  sectorMarks.find(([mark]) => mark.test(name))?.[1]
