import type { LedgerDemo } from '../ledgers.ts'

const CAMPAIGN = '大团委建设'
const NEW = '新建直属团组织'

const stage = (name: string, due: string, value: number | null, quote: string) => ({
  day: '2023-09-20',
  title: `${NEW}（${name}）`,
  fields: {
    campaign: CAMPAIGN,
    stage: name,
    due,
    quote,
    setBy: 'own',
    measure: 'org.opened',
    ...(value !== null && { value, unit: '%', bound: value < 100 ? 'atLeast' : 'exactly' }),
  },
})

const limit = (setBy: string, due: string, title: string) => ({
  day: '2023-09-20',
  title,
  fields: { campaign: CAMPAIGN, setBy, due, doneOn: '2023-10-30', measure: 'org.opened' },
})

export const demo: LedgerDemo = {
  rows: {
    '990103': [
      limit('national', '2024-03-31', `${NEW}（中央时限）`),
      limit('city', '2023-12-31', `${NEW}（全市时限）`),
      {
        day: '2023-09-20',
        title: NEW,
        fields: {
          campaign: CAMPAIGN,
          value: 100,
          unit: '个',
          bound: 'exactly',
          due: '2023-10-31',
          setBy: 'own',
          measure: 'org.opened',
          quote: '月底全面完成100个',
        },
      },
      {
        day: '2023-09-20',
        title: NEW,
        fields: {
          campaign: CAMPAIGN,
          value: 20,
          unit: '个',
          bound: 'atLeast',
          each: '镇',
          due: '2023-10-31',
          setBy: 'own',
          measure: 'org.opened',
          quote: '各镇至少新建20个',
        },
      },
      {
        day: '2023-09-20',
        title: '挂点包干区域',
        fields: {
          campaign: CAMPAIGN,
          value: 3,
          unit: '个',
          bound: 'atLeast',
          each: '班子成员',
          measure: 'liaison.areas',
          quote: '不少于3个',
        },
      },
      {
        day: '2023-09-20',
        title: '对口联系覆盖面',
        fields: {
          campaign: CAMPAIGN,
          value: 100,
          unit: '%',
          bound: 'exactly',
          measure: 'liaison.townCoverage',
          quote: '覆盖面100%',
        },
      },
      stage('第一阶段', '2023-10-15', 50, '不少于总数50%'),
      stage('第二阶段', '2023-10-25', 100, '完成总数100%'),
      stage('第三阶段', '2023-10-31', null, '巩固提高期'),
      {
        day: '2023-10-20',
        title: `下周${NEW}`,
        fields: {
          campaign: CAMPAIGN,
          value: 24,
          unit: '个',
          recurrence: 'weekly',
          due: '2023-10-27',
          measure: 'org.opened',
          quote: '下一步计划完成任务数',
        },
      },
    ],
    '990102': [
      {
        day: '2021-01-05',
        title: '青年录入需求数据库',
        fields: {
          value: 100,
          unit: '%',
          bound: 'exactly',
          measure: 'survey.filed',
          quote: '每位青年录入数据库',
        },
      },
    ],
    '990102001': [
      ...['青少年零犯罪', '青少年零受害'].flatMap((title, i) =>
        ['2022', '2023'].map((of) => ({
          day: of === '2022' ? '2022-01-14' : '2022-12-28',
          title,
          fields: {
            value: 0,
            unit: i === 0 ? '起' : '人',
            bound: 'exactly',
            stage: `${of}年`,
            due: `${of}-12-31`,
            measure: i === 0 ? 'incident.offences' : 'incident.victims',
          },
        })),
      ),
      { day: '2022-12-28', title: '继续开展教育实践活动', fields: { stage: '2023年', due: '2023-12-31' } },
      {
        day: '2022-12-28',
        title: '团干部学习打卡',
        fields: {
          value: 1,
          unit: '次',
          bound: 'atLeast',
          each: '团干部',
          recurrence: 'monthly',
          stage: '2023年',
          due: '2023-12-31',
          measure: 'studyCheckIn.count',
        },
      },
    ],
    '990101': [
      {
        day: '2023-06-25',
        title: '新农菁英贷发放金额',
        fields: {
          value: 10000000,
          unit: '元',
          bound: 'atLeast',
          stage: '下半年',
          due: '2023-12-31',
          setBy: 'own',
          measure: 'loan.amount',
        },
      },
    ],
  },
  sheet: {
    name: '枫砻镇团委2024年重点任务分解表',
    merges: ['A1:H1'],
    rows: [
      ['枫砻镇团委2024年重点工作任务分解表'],
      ['序号', '任务名称', '承担单位', '下达时间', '目标数', '计量单位', '完成要求', '完成时限'],
      [1, '发展团员', '枫坳村团支部', '2024.1.15', 4, '名', '不少于', '2024年12月31日'],
      [2, '志愿服务', '砻坪村团支部', '2024.1.15', '12', '次', '至少', '2024.12.31'],
      [3, '主题团日', '桤湾村团支部', '2024.1.15', '每月', '次', '正好', '2024.12.31'],
    ],
    taken: 2,
    refused: { 5: '不是数' },
  },
}
