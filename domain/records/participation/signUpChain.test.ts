import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSignUpChain } from './signUpChain.ts'

const brief = (text: string) =>
  parseSignUpChain(text).names.map(({ name, extra, note }) =>
    [name, extra, note].filter((part) => part !== 0 && part !== '').join('|'),
  )

describe('parseSignUpChain', () => {
  test('a chain as a group makes it', () => {
    const chain = parseSignUpChain(
      [
        '#接龙',
        '6月5日河道清洁志愿服务报名🌿',
        '时间：6月5日上午8:30',
        '例 张三',
        '',
        '1. 赵一鸣',
        '2、钱晓 19900001234',
        '3 孙思远（柳河村）+1',
        '4.李佳 2人',
        '5️⃣ 周雨桐👍',
        '⑥吴浩然',
        '７．郑　静',
        '8. 王子涵、冯明、陈秀英',
        '9. 收到',
        '赵一鸣：我带水',
      ].join('\n'),
    )
    expect(chain.title).toBe('6月5日河道清洁志愿服务报名')
    expect(chain.names).toEqual([
      { name: '赵一鸣', extra: 0, count: 1, note: '' },
      { name: '钱晓', extra: 0, count: 1, note: '19900001234' },
      { name: '孙思远', extra: 1, count: 2, note: '柳河村' },
      { name: '李佳', extra: 1, count: 2, note: '' },
      { name: '周雨桐', extra: 0, count: 1, note: '' },
      { name: '吴浩然', extra: 0, count: 1, note: '' },
      { name: '郑静', extra: 0, count: 1, note: '' },
      { name: '王子涵', extra: 0, count: 1, note: '' },
      { name: '冯明', extra: 0, count: 1, note: '' },
      { name: '陈秀英', extra: 0, count: 1, note: '' },
    ])
    expect(chain.skipped).toEqual(['时间：6月5日上午8:30', '9. 收到', '赵一鸣：我带水'])
  })

  test('names of other shapes, doubled names, lists without numbers', () => {
    expect(brief('1. 阿依古丽·买买提\n2. Aygul Ahmat\n3. 张三 请假\n4. 张三 来')).toEqual([
      '阿依古丽·买买提',
      'Aygul Ahmat',
      '张三|来',
    ])
    expect(brief('张三\n李四\n王五 带两人')).toEqual(['张三', '李四', '王五|2'])
    expect(brief('1. 张三 共3人\n2. 李四 +2')).toEqual(['张三|2', '李四|2'])
    expect(parseSignUpChain('团日活动\n张三\n李四')).toMatchObject({
      title: '团日活动',
      names: [{ name: '张三' }, { name: '李四' }],
    })
    expect(brief('')).toEqual([])
  })

  test('500 lines within 50 ms', () => {
    const text = Array.from(
      { length: 500 },
      (_, i) => `${i + 1}. 张${'一二三四五六七八九十'[i % 10]}${'甲乙丙丁戊'[i % 5]} 1990000${1000 + i}`,
    ).join('\n')
    parseSignUpChain(text)
    const started = performance.now()
    parseSignUpChain(text)
    expect(performance.now() - started).toBeLessThan(50)
  })

  test('any text: no line is lost, and each name counts itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const { name, extra, count } of parseSignUpChain(text).names) {
          expect(name.length).toBeGreaterThan(0)
          expect(count).toBe(extra + 1)
        }
      }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('赵一', '钱二', '孙三', '李四', '吴五'), { minLength: 1 }),
        (names) => {
          const text = names.map((name, i) => `${i + 1}、${name}`).join('\n')
          expect(brief(text)).toEqual([...new Set(names)])
        },
      ),
    )
  })

  test('twenty thousand full stops take no longer than other words', () => {
    const begun = performance.now()
    const { names } = parseSignUpChain(`1. 张三x${'。'.repeat(20_000)}x\n2. 李四（请假）。`)
    expect(names.map(({ name, note }) => [name, note.slice(-2)])).toEqual([
      ['张三', '。x'],
      ['李四', '请假'],
    ])
    expect(performance.now() - begun).toBeLessThan(1_000)
  })
})
