import type { FieldKit } from './kit.ts'
import { numbers } from './numbers.ts'

/** Worked out from other fields by `formula`. */
export const calculated: FieldKit = { ...numbers, title: '自动计算', workedOut: true }
