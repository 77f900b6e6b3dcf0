import { expect, test } from 'vitest'
import { nameKey, termKey } from './pinyin.ts'

test('a surname is read as a surname, and only at the head', () => {
  expect(nameKey('单晓员')).toBe('shan xiao yuan /sxy')
  expect(nameKey('曾文')).toBe('zeng wen /zw')
})

test('in the names of organisations and measures nothing is a surname', () => {
  expect(termKey('长塘社区团支部')).toBe('chang tang she qu tuan zhi bu /ctsqtzb')
  expect(termKey('区直机关团员')).toBe('qu zhi ji guan tuan yuan /qzjgty')
})
