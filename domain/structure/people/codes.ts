/** National code tables as options of a field: the stored value, the office's word, other spellings. */
import type { TargetOption } from '../../../kernel/spreadsheet/target.ts'

export interface CodeOption extends TargetOption {
  /** The code of the national standard. */
  code: string
  synonyms: string[]
}

const option = (value: string, code: string, title: string, synonyms = ''): CodeOption => ({
  value,
  code,
  title,
  synonyms: [...synonyms.split(' ').filter(Boolean), code, code.replace(/^0/, '')],
})

/** GB/T 2261.1-2003. */
export const SEXES: CodeOption[] = [
  option('male', '1', '男', '男性 男生 男子 M MALE'),
  option('female', '2', '女', '女性 女生 女子 F FEMALE'),
]

/** GB/T 4762-1984. */
export const POLITICAL_STATUSES: CodeOption[] = [
  option(
    'partyMember',
    '01',
    '中共党员',
    '党员 共产党员 中国共产党党员 正式党员 中共正式党员 中共党员(保留团籍) 党员(保留团籍) 保留团籍的党员 中共',
  ),
  option(
    'probationaryPartyMember',
    '02',
    '中共预备党员',
    '预备党员 中国共产党预备党员 中共党员(预备) 党员(预备) 中共预备党员(保留团籍) 预备党员(保留团籍)',
  ),
  option(
    'leagueMember',
    '03',
    '共青团员',
    '团员 共青团 中国共产主义青年团团员 共产主义青年团员 青年团员 CYL',
  ),
  option('revolutionaryCommitteeMember', '04', '民革党员', '民革 民革会员'),
  option('democraticLeagueMember', '05', '民盟盟员', '民盟 民盟会员'),
  option('constructionAssociationMember', '06', '民建会员', '民建'),
  option('promotionAssociationMember', '07', '民进会员', '民进'),
  option('peasantsWorkersPartyMember', '08', '农工党党员', '农工党 农工民主党 农工党员'),
  option('zhiGongPartyMember', '09', '致公党党员', '致公党 致公党员'),
  option('jiuSanSocietyMember', '10', '九三学社社员', '九三学社 九三'),
  option('taiwanLeagueMember', '11', '台盟盟员', '台盟'),
  option('nonParty', '12', '无党派人士', '无党派 无党派民主人士'),
  option('masses', '13', '群众', '普通群众 公民 普通公民 一般群众'),
]

/** GB/T 4658-2006, gathered into the levels that rosters and summaries use; the highest first. */
export const EDUCATION_LEVELS: CodeOption[] = [
  option(
    'postgraduate',
    '10',
    '研究生',
    '研究生教育 硕士 博士 硕士研究生 博士研究生 硕士生 博士生 博士后 在职研究生 全日制研究生 研究生班 党校研究生 研究生及以上 11 14',
  ),
  option(
    'bachelor',
    '20',
    '大学本科',
    '本科 大学 大本 全日制本科 在职本科 函授本科 自考本科 成人本科 党校本科 学士 大学普通班 普通本科 本科生 大学生 全日制大学 在职大学 党校大学 网络本科 电大本科 专升本 21',
  ),
  option(
    'college',
    '30',
    '大学专科',
    '大专 专科 高职 高职高专 高专 专科生 全日制大专 在职大专 全日制专科 函授大专 自考大专 成人大专 党校大专 电大大专 高等职业教育 专科教育 31',
  ),
  option(
    'secondaryVocational',
    '40',
    '中专',
    '中等专科 中等专业 中等专业学校 中等职业教育 中职 职高 职业高中 技校 技工学校 中技 中师 职专 中专生 中专中技 41 44 47',
  ),
  option('highSchool', '60', '高中', '普通高中 高级中学 高中生 普高 61'),
  option('juniorMiddle', '70', '初中', '初级中学 普通初中 初中生 71'),
  option('primary', '80', '小学', '小学生 81'),
  option('none', '90', '未上过学', '文盲 半文盲 文盲或半文盲 无学历 未上学'),
]

/** Greater is higher; null when the value is none of the levels. */
export function educationRank(value: string): number | null {
  const index = EDUCATION_LEVELS.findIndex((level) => level.value === value)
  return index < 0 ? null : EDUCATION_LEVELS.length - index
}

const NAMES_OF_56 =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 ' +
  '达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 ' +
  '门巴 珞巴 基诺'

/** Spellings that live systems really hold. */
const SPELLINGS: Record<string, string> = {
  汉: '漢 漢族 汉人 汉民族',
  蒙古: '蒙 蒙族',
  维吾尔: '维 维族 维吾尔民族',
  哈尼: '哈呢 哈呢族',
  傈僳: '僳僳 僳僳族 傈傈 傈傈族',
  布依: '布依民族 布衣 布衣族',
  畲: '畬 畬族',
  哈萨克: '哈萨 哈族',
  朝鲜: '鲜族 朝族',
}

/** GB/T 3304-1991; the stored value is the two-digit code. */
export const ETHNICITIES: CodeOption[] = NAMES_OF_56.split(' ').map((name, index) => {
  const code = String(index + 1).padStart(2, '0')
  return option(code, code, `${name}族`, `${name} ${SPELLINGS[name] ?? ''}`)
})

export const HAN = '01'

/** The office's word for a stored value; the value itself when no table knows it. */
/** How sure the register is of who somebody is; a code of our own. */
export const IDENTITY_STATES: { value: string; title: string }[] = [
  { value: 'verified', title: '已核实' },
  { value: 'unverified', title: '未核实' },
  { value: 'pending', title: '身份证号待补' },
]

export const titleOf = (options: TargetOption[], value: string) =>
  options.find((one) => one.value === value)?.title ?? value
