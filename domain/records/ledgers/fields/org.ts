import type { FieldKit } from './kit.ts'
import { referring } from './reference.ts'

export const org: FieldKit = { ...referring, title: '单位', refersTo: 'org', names: 'org' }
