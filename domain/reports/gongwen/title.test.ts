import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shapeTitle, widthOf } from './title.ts'

test('a title that fits stays on one line', () => {
  expect(shapeTitle('青山镇团委2024年上半年工作总结')).toEqual(['青山镇团委2024年上半年工作总结'])
})

test.each([
  ['共青团青山镇委员会关于2024年上半年基层团组织建设工作的总结', 2],
  ['共青团云岭县委员会关于印发《云岭县共青团2024年上半年工作总结和下半年工作计划》的通知', 3],
  ['白水镇团委2022年度工作总结及下一年工作计划', 2],
])('%s is broken between words into uneven lines', (title, count) => {
  const lines = shapeTitle(title)
  expect(lines).toHaveLength(count)
  expect(lines.join('')).toBe(title)
  expect(new Set(lines.map(widthOf)).size).toBeGreaterThan(1)
  for (const line of lines) {
    expect(line).not.toMatch(/^[，。、；：？！”’）》〕的]|[“‘《（〔和与及]$/)
  }
  for (const word of ['工作总结', '工作计划', '2024年上半年', '委员会'])
    if (title.includes(word)) expect(lines.join('\n')).toContain(word)
})

test('nothing is lost, and lines keep to the width where words allow', () => {
  const part = fc.constantFrom(
    '共青团',
    '青山镇',
    '委员会',
    '关于',
    '2024年',
    '上半年',
    '工作',
    '总结',
    '《',
    '》',
    '和',
    '的',
    '、',
  )
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 18 }), (parts) => {
      const title = parts.join('')
      const lines = shapeTitle(title)
      expect(lines.join('')).toBe(title)
      if (widthOf(title) <= 20) expect(lines).toHaveLength(1)
    }),
  )
})

test('even a text that is no title is broken at once and completely', () => {
  const text = '镇团委组织青年志愿者开展环境整治活动'.repeat(30)
  const lines = shapeTitle(text)
  expect(lines.join('')).toBe(text)
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(20)
})
