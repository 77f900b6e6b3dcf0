/** Lists of options, and the field for whatever else is to be said, that ledgers share. */
import type { FieldOption, LedgerField } from './definition.ts'

export const note: LedgerField = {
  id: 'note',
  title: '备注',
  type: 'text',
  usedBy: '核对时看原因',
}

/** 第几届. */
export const edition: LedgerField = {
  id: 'edition',
  title: '届次',
  type: 'integer',
  unit: '届',
  ordinal: true,
  usedBy: '总结写第几届',
  minimum: 1,
}

/** For lists that would be asked about again without it. */
export const other: FieldOption = { value: 'other', title: '其他' }

export const occasions: FieldOption[] = [
  { value: 'springFestival', title: '春节', synonyms: ['元旦春节', '迎新春'] },
  {
    value: 'leiFengDay',
    title: '学雷锋日',
    synonyms: ['学雷锋', '学雷锋纪念日', '3·5', '3.5学雷锋', '学雷锋月'],
  },
  { value: 'treeDay', title: '植树节', synonyms: ['3·12', '3.12', '3.12植树节'] },
  { value: 'qingming', title: '清明节', synonyms: ['清明', '清明祭英烈'] },
  { value: 'youthDay', title: '五四青年节', synonyms: ['五四', '青年节', '5·4', '五四青年节主题'] },
  { value: 'leagueFounding', title: '建团纪念日', synonyms: ['建团', '建团百年', '建团周年'] },
  { value: 'childrensDay', title: '六一儿童节', synonyms: ['六一', '儿童节', '庆六一', '六·一', '6·1'] },
  { value: 'environmentDay', title: '环境日', synonyms: ['世界环境日', '六五环境日'] },
  { value: 'partyDay', title: '七一建党节', synonyms: ['七一', '建党节', '建党'] },
  { value: 'armyDay', title: '八一建军节', synonyms: ['八一', '建军节'] },
  { value: 'nationalDay', title: '国庆节', synonyms: ['国庆', '十一'] },
  { value: 'pioneersDay', title: '建队日', synonyms: ['少先队建队日', '10·13'] },
  { value: 'elderDay', title: '重阳节', synonyms: ['重阳', '敬老月'] },
  { value: 'constitutionDay', title: '国家宪法日', synonyms: ['宪法日', '12·4'] },
  { value: 'volunteerDay', title: '国际志愿者日', synonyms: ['志愿者日', '12·5'] },
  { value: 'other', title: '其他节点', synonyms: ['其他'] },
]

export const grades: FieldOption[] = [
  { value: 'special', title: '特等奖' },
  { value: 'first', title: '一等奖', synonyms: ['第一名', '金奖', '冠军'] },
  { value: 'second', title: '二等奖', synonyms: ['第二名', '银奖', '亚军'] },
  { value: 'third', title: '三等奖', synonyms: ['第三名', '铜奖', '季军'] },
  { value: 'excellent', title: '优秀奖', synonyms: ['优胜奖', '鼓励奖', '入围奖', '组织奖'] },
]

export const levels: FieldOption[] = [
  { value: 'national', title: '国家级', synonyms: ['全国', '中央', '国家', '全国级'] },
  { value: 'province', title: '省级', synonyms: ['省', '自治区级', '省部级', '全省'] },
  { value: 'city', title: '市级', synonyms: ['市', '地市级', '州级', '全市', '市厅级'] },
  { value: 'county', title: '县级', synonyms: ['县', '区级', '区', '县区级', '县（区）级', '全县', '全区'] },
  { value: 'township', title: '乡镇级', synonyms: ['镇级', '乡级', '镇', '乡镇', '街道级', '全镇'] },
  { value: 'unit', title: '本单位', synonyms: ['校级', '院级', '单位级', '企业级', '村级', '基层'] },
]

export const recurrences: FieldOption[] = [
  { value: 'once', title: '一次', synonyms: ['一次性'] },
  { value: 'weekly', title: '每周', synonyms: ['每星期', '按周'] },
  { value: 'monthly', title: '每月', synonyms: ['按月', '月度'] },
  { value: 'quarterly', title: '每季度', synonyms: ['每季', '按季', '季度'] },
  { value: 'yearly', title: '每年', synonyms: ['按年', '年度', '每十二个月'] },
]
