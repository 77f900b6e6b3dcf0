/** An ID number is registered with the person, sealed; in any other text it would be shown to whoever reads that. */
import { type FieldProblem, invalid } from '../../../kernel/errors.ts'
import { writesIdNumber } from './mask.ts'

/** @throws invalid `idNumber` naming the texts of a body, but for those that ask for the number, in which one stands */
export function refuseIdNumbers(body: unknown): void {
  const problems = textsWithNumbers(body, []).map((field) => idNumberProblem(field))
  if (problems.length > 0)
    throw invalid(
      'idNumber',
      '填写的内容里有身份证号，没有保存。请删去以后再提交，只写姓名就可以。',
      problems,
    )
}

/** `title`: of the field, where the reader knows it by that. */
export const idNumberProblem = (field: string, title?: string): FieldProblem => ({
  field,
  reason: title === undefined ? '写有身份证号' : `“${title}”里写有身份证号`,
  remedy: '请删去，只写姓名。身份证号登记在这个人的资料里，那里是加密的',
})

const ASKED_FOR = 'idNumber'
const SHORTEST = 18

function textsWithNumbers(value: unknown, at: string[]): string[] {
  if (typeof value === 'string')
    return value.length >= SHORTEST && writesIdNumber(value) ? [at.join('.')] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === ASKED_FOR ? [] : textsWithNumbers(inner, [...at, key]),
  )
}
