/** Values for a contract's shapes: mostly fitting, at the bounds, and now and then what nobody expects. */
import fc from 'fast-check'
import type { TSchema } from 'typebox'

/** Looser than TypeBox's own: whatever JSON Schema may hold. */
interface Shape {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  patternProperties?: Record<string, Shape>
  items?: Shape
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
}

/** What the world holds, so that requests get past the first look. */
export interface Known {
  ids: string[]
  words: string[]
}

const DEEP = 3000
const deep = (): unknown => {
  let value: unknown = 1
  for (let i = 0; i < DEEP; i++) value = i % 2 ? [value] : { a: value }
  return value
}

export const strangeTexts = [
  ...[
    '',
    ' ',
    '　',
    '\0',
    'a\0b',
    '\ud800',
    '\udc00a',
    '\ufeff',
    '\u202e倒',
    '𠮷𡃁𪚥',
    '👨‍👩‍👧',
    'ﷺ'.repeat(50),
  ],
  ...["'; drop table org; --", '\\', '%', '_', '"', '`', '$1', '<script>', '../../etc', 'x'.repeat(5000)],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'then'],
  ...[
    '2024-02-30',
    '2024-13-01',
    '0000-00-00',
    '0001-01-01',
    '9999-12-31',
    '2024-06-18 25:00',
    '2024H3',
    '2024-00',
  ],
  ...[
    '2024-12-31..2024-01-01',
    '0000..9999',
    '..',
    '1..',
    '..1',
    '9..1',
    'a..b',
    '2024-02-30..',
    '2024H1..2024H2',
  ],
  ...[
    'Infinity',
    '-Infinity',
    'NaN',
    '1e21',
    '-1',
    '0',
    '2147483648',
    '9'.repeat(400),
    '1.5',
    '0x10',
    '１２',
    '½',
  ],
  ...[
    'null',
    'true',
    'undefined',
    '[]',
    '{',
    '{"a":',
    '{"__proto__":1}',
    '!',
    '!!',
    '~',
    '~~',
    '*',
    '空',
    '!空',
    ',',
    ',,,',
  ],
]
const strangeNumbers = [
  0,
  -0,
  -1,
  0.5,
  2147483647,
  2147483648,
  -2147483649,
  2 ** 53,
  1e21,
  -1e21,
  1e308,
  5e-324,
]
const strange = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<unknown>(...strangeTexts) },
    { weight: 3, arbitrary: fc.constantFrom<unknown>(...strangeNumbers) },
    { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: {} }) },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: fc.constant(deep()) },
  )

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const formats: Record<string, fc.Arbitrary<string>> = {
  day,
  moment: fc.oneof(
    day,
    fc.tuple(day, fc.integer({ min: 10, max: 23 })).map(([d, h]) => `${d} ${h}:30`),
  ),
  looseDate: fc.oneof(
    day,
    day.map((d) => d.slice(0, 7)),
    day.map((d) => d.slice(0, 4)),
  ),
  uuid: fc.uuid(),
}

export class Values {
  private readonly known: Known
  /** One in so many values is strange. */
  private readonly rarity: number

  constructor(known: Known, rarity = 40) {
    this.known = known
    this.rarity = rarity
  }

  of(schema: TSchema | Shape | undefined): fc.Arbitrary<unknown> {
    if (!schema) return fc.constant(undefined)
    return fc.oneof(
      { weight: this.rarity, arbitrary: this.fitting(schema as Shape) },
      { weight: 1, arbitrary: strange() },
    )
  }

  private fitting(shape: Shape): fc.Arbitrary<unknown> {
    if ('const' in shape) return fc.constant(shape.const)
    if (shape.enum) return fc.constantFrom(...shape.enum)
    if (shape.anyOf) return fc.oneof(...shape.anyOf.map((one) => this.fitting(one)))
    const types = [shape.type ?? []].flat()
    if (types.length > 1) return fc.oneof(...types.map((type) => this.fitting({ ...shape, type })))
    switch (types[0]) {
      case 'object':
        return this.object(shape)
      case 'array':
        return fc.array(this.of(shape.items ?? {}), { maxLength: Math.min(shape.maxItems ?? 3, 3) })
      case 'string':
        return this.text(shape)
      case 'integer':
        return fc.integer({ min: shape.minimum ?? -5, max: Math.min(shape.maximum ?? 300, 2147483647) })
      case 'number':
        return fc.oneof(
          fc.integer({ min: shape.minimum ?? -5, max: 1000 }),
          fc.double({ noNaN: true, min: 0, max: 100 }),
        )
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      default:
        return fc.oneof(this.word(), fc.jsonValue({ maxDepth: 2 }), fc.integer({ min: -5, max: 5000 }))
    }
  }

  private object(shape: Shape): fc.Arbitrary<unknown> {
    const record = Object.values(shape.patternProperties ?? {})[0]
    if (record) return fc.dictionary(this.word(), this.of(record), { maxKeys: 3 })
    const parts = Object.entries(shape.properties ?? {}).map(([name, part]) => [name, this.of(part)] as const)
    const required = (shape.required ?? []).filter((name) => shape.properties && name in shape.properties)
    return fc.record(Object.fromEntries(parts), { requiredKeys: required })
  }

  private text(shape: Shape): fc.Arbitrary<string> {
    const format = shape.format && formats[shape.format]
    if (format) return format
    if (shape.pattern?.includes('[0-9a-f]{8}')) return this.id()
    if (shape.pattern) return fc.stringMatching(new RegExp(shape.pattern))
    return fc.oneof(
      { weight: 8, arbitrary: this.word() },
      { weight: 2, arbitrary: this.id() },
      { weight: 2, arbitrary: day },
      {
        weight: 1,
        arbitrary: fc.string({ unit: 'grapheme', minLength: shape.minLength ?? 0, maxLength: 20 }),
      },
    )
  }

  private word = (): fc.Arbitrary<string> => fc.constantFrom(...this.known.words)
  private id = (): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...this.known.ids) },
      { weight: 1, arbitrary: fc.uuid() },
    )
}
