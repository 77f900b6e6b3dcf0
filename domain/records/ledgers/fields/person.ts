import type { FieldKit } from './kit.ts'
import { referring } from './reference.ts'

export const person: FieldKit = {
  ...referring,
  title: '联系人',
  refersTo: 'person',
  sheet: { kind: 'name' },
  names: 'person',
}
