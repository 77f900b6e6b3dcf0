import { chanceFrom } from '../chance.ts'
import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const chance = chanceFrom(5801)
const NAMES = [...'禾岚汀芷菁茂澜岫溪霁霖朗昭越'].flatMap((a) => [...'源丰泰和盛'].map((b) => `${a}${b}`))
const TRADES: Record<string, string[]> = {
  primary: ['生态种植', '水产养殖', '家禽养殖'],
  secondary: ['食品加工', '竹木制品', '机械配件'],
  tertiary: ['电商销售', '乡村民宿', '物流配送', '家政服务'],
}
const INDUSTRIES = ['primary', 'secondary', 'tertiary', 'tertiary']

function firm(kind: string, day: string, name: string, n: number): DemoRow {
  const industry = kind === 'ruralElite' ? 'primary' : (INDUSTRIES[n % INDUSTRIES.length] ?? '')
  const trade = chance.pick(TRADES[industry] ?? [])
  // Heads between 31 and 45, a little under 36 on average.
  const born = `${2023 - 31 - ((n * 5) % 15)}-${String(1 + (n % 5)).padStart(2, '0')}-01`
  return {
    day,
    title: name,
    fields: { kind, industry, trade, birth: born, place: '霁原县', staff: chance.whole(3, 30) },
  }
}

const chamber = NAMES.slice(0, 58).map((name, n) =>
  firm('chamber', n < 40 ? '2020-09-18' : '2023-03-28', `霁原县${name}公司`, n),
)
const elites = Array.from({ length: 35 }, (_, n) =>
  firm('ruralElite', `2023-0${1 + (n % 6)}-15`, `${NAMES[69 - n]}家庭农场`, n + 2),
)

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      ...chamber,
      ...elites,
      {
        ...firm('chamber', '2020-09-18', '霁原县旧城商行', 3),
        fields: { kind: 'chamber', industry: 'tertiary', birth: '1979-02-01', leftOn: '2023-03-28' },
      },
    ],
    '990101001': [
      firm('startup', '2024-03-18', '栗岚镇岚青合作社', 1),
      firm('startup', '2023-10-12', '栗岚镇荻浦民宿', 2),
    ],
    '990101003': [firm('startup', '2024-05-06', '苔屿乡苔湾渔家乐', 3)],
  },
  sheet: {
    name: '枫砻镇创业青年名录',
    merges: ['A1:I1'],
    rows: [
      ['枫砻镇青年创业名录（含新农菁英）'],
      ['序号', '姓名', '经营主体', '名录类别', '产业类别', '出生年月', '入册时间', '带动就业（人）', '备注'],
      [1, '谢予青', '枫坳山茶合作社', '新农菁英', '种植', '1991.4', '2023年3月', 12, ''],
      [2, '唐景岚', '砻坪竹编坊', '创业青年', '加工', '1989年11月', '2023.5.20', '8人', ''],
      [3, '罗知远', '桤湾民宿', '创业青年', '旅游', '1994-02', '2024/1/8', 5, '返乡'],
      [4, '郑云帆', '楠垭家庭农场', '新农菁英', '畜牧', '1990.6', '2024/2/1', 4, ''],
      ['', '合计', '', '', '', '', '', 29, ''],
    ],
    taken: 3,
    refused: { 6: '畜牧' },
  },
}
