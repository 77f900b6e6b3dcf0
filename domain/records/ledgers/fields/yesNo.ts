import { type FieldKit, fault } from './kit.ts'

const YES = new Set(['是', '有', 'yes', 'true', '1', '√', '对'])
const NO = new Set(['否', '无', '没有', 'no', 'false', '0', '×'])

export const yesNo: FieldKit = {
  title: '是否',
  holds: 'yesNo',
  widget: 'yesNo',
  check: (_field, given) => {
    if (typeof given === 'boolean') return { value: given }
    const word = String(given).toLowerCase()
    if (YES.has(word)) return { value: true }
    if (NO.has(word)) return { value: false }
    return fault(`的“${given}”看不出是或否`, '请填“是”或“否”')
  },
  show: (_field, value) => (typeof value === 'boolean' ? (value ? '是' : '否') : String(value)),
  sheet: { kind: 'yesNo' },
}
