import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const PRODUCT = '新农菁英贷'
const USES = ['扩种茶园', '添置烘干机', '鱼塘改造', '电商备货', '民宿装修', '购买仔猪', '大棚建设']

/** Fifty-seven loans granted, two refused. */
const loans: DemoRow[] = Array.from({ length: 59 }, (_, n) => {
  const refused = n === 20 || n === 41
  const applied = 100000 + (n % 5) * 50000
  const amount = applied - (n % 3 === 0 ? 20000 : 0)
  const month = String(1 + (n % 6)).padStart(2, '0')
  const on = (day: number) => `2023-${month}-${String(day + (n % 20)).padStart(2, '0')}`
  return {
    day: on(3),
    title: USES[n % USES.length] ?? '',
    fields: {
      product: PRODUCT,
      bank: '霁原农商银行',
      applied,
      state: [{ state: refused ? 'refused' : 'granted', on: on(9) }],
      ...(!refused && { amount, term: 12 + (n % 3) * 12, subsidised: n % 4 === 0 }),
    },
  }
})

const town = (day: string, granted: string, title: string, amount: number): DemoRow => ({
  day,
  title,
  members: 1,
  fields: {
    product: PRODUCT,
    bank: '霁原农商银行',
    applied: amount,
    amount,
    state: [{ state: 'granted', on: granted }],
    term: 24,
  },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': loans,
    '990101001/霁塘村团支部': [town('2024-03-11', '2024-03-20', '扩种油茶', 120000)],
    '990101001/樾溪村团支部': [town('2024-04-16', '2024-04-25', '添置插秧机', 80000)],
  },
  sheet: {
    name: '枫砻镇新农菁英贷发放台账',
    merges: ['A1:I1'],
    rows: [
      ['枫砻镇“新农菁英贷”办理情况台账（单位：元）'],
      [
        '序号',
        '借款人',
        '所属村',
        '贷款种类',
        '贷款用途',
        '申请时间',
        '申请金额（元）',
        '放款金额（元）',
        '办理情况',
      ],
      [1, '谢予青', '枫坳村', '新农菁英贷', '购茶苗', '2024.3.4', 100000, '100,000.00', '已放款'],
      [2, '唐景岚', '砻坪村', '新农菁英贷', '添置设备', '2024年4月2日', '8万', 60000, '发放'],
      [3, '罗知远', '桤湾村', '新农菁英贷', '装修', '2024.4.20', 150000, '', '审核中'],
      [4, '郑云帆', '楠垭村', '新农菁英贷', '建棚', '2024/5/6', '面谈', '', '受理'],
      ['合计', '', '', '', '', '', '', 160000, ''],
    ],
    taken: 3,
    refused: { 6: '不是数' },
  },
}
