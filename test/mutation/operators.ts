/** Small faults, one at a time, that a reader of the source could make and a type checker would not see. */
import { parseSync } from 'vite'

export interface Mutant {
  file: string
  line: number
  /** Offsets in the source, and what stands there instead. */
  start: number
  end: number
  text: string
  /** What was changed into what, for people. */
  change: string
}

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

type Change = Pick<Mutant, 'start' | 'end' | 'text'>

const FLIPPED: Record<string, string> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '*': '/',
  '/': '*',
  '-': '+',
}

const METHODS: Record<string, string> = { some: 'every', every: 'some', max: 'min', min: 'max' }

/** In templates tagged `sql`. The longer pattern first: what it has found, no other looks at again. */
const SQL: [RegExp, string][] = [
  [/\bis not null\b/g, 'is null'],
  [/\bis null\b/g, 'is not null'],
  [/\bnot exists\b/g, 'exists'],
  [/\bleft join\b(?! lateral)/g, 'join'],
  [/\bunion all\b/g, 'union'],
  [/= any\(/g, '<> all('],
  [/<=/g, '<'],
  [/>=/g, '>'],
  [/ < /g, ' <= '],
  [/ > /g, ' >= '],
  [/ = /g, ' <> '],
  [/ \+ 1\b/g, ' + 0'],
  // Between two days there is no other word.
  [/(?<!::date )\band\b/g, 'or'],
  [/\bor\b(?! replace)/g, 'and'],
  [/\bdistinct /g, ''],
  [/\bnot (?=[(s])/g, ''],
  [/, false\)/g, ', true)'],
  [/\bmin\(/g, 'max('],
  [/\bmax\(/g, 'min('],
  [/ desc\b/g, ''],
]

/** All single faults of a file, in the order of the source. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const changes: Change[] = []
  walk(program as unknown as Node, (node) => changes.push(...changesOf(node, source)))
  return changes
    .sort((a, b) => a.start - b.start)
    .map((change) => ({
      file,
      line: source.slice(0, change.start).split('\n').length,
      ...change,
      change: inWords(source, change),
    }))
}

export const mutated = (source: string, { start, end, text }: Change): string =>
  source.slice(0, start) + text + source.slice(end)

/** The line as it was and as it is, so that a survivor can be judged without opening the file. */
function inWords(source: string, change: Change): string {
  const from = source.lastIndexOf('\n', change.start - 1) + 1
  const to = source.indexOf('\n', change.end)
  const after = mutated(source, change).slice(from, to + change.text.length - (change.end - change.start))
  const short = (text: string) => text.replace(/\s+/g, ' ').trim()
  return `${short(source.slice(from, to))}\n      → ${short(after)}`
}

/** Types decide nothing at run time; what an error says is wording; imports are no behaviour. */
const isSilent = ({ type }: Node): boolean =>
  type === 'ThrowStatement' ||
  type.startsWith('Import') ||
  (type.startsWith('TS') &&
    !['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'].includes(type))

function walk(node: Node, visit: (node: Node) => void): void {
  if (isSilent(node)) return
  visit(node)
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit)
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const nodeAt = (node: Node, key: string): Node => node[key] as Node
const textOf = (node: Node, source: string): string => source.slice(node.start, node.end)
const instead = ({ start, end }: Node, text: string): Change => ({ start, end, text })

function changesOf(node: Node, source: string): Change[] {
  const kind = KINDS[node.type]
  return kind ? kind(node, source) : []
}

const KINDS: Record<string, (node: Node, source: string) => Change[]> = {
  BinaryExpression: flipped,
  LogicalExpression: (node, source) => {
    if (node.operator !== '??') return flipped(node, source)
    // An empty text where the type alone demands one says nothing when it goes.
    const isForType = textOf(nodeAt(node, 'right'), source) === "''"
    return isForType ? [] : [instead(node, textOf(nodeAt(node, 'left'), source))]
  },
  UnaryExpression: (node, source) =>
    node.operator === '!' ? [instead(node, textOf(nodeAt(node, 'argument'), source))] : [],
  IfStatement: decided,
  ConditionalExpression: decided,
  SpreadElement: (node, source) => {
    const comma = /^\s*,/.exec(source.slice(node.end))?.[0].length ?? 0
    return [{ start: node.start, end: node.end + comma, text: '' }]
  },
  Literal: (node) => {
    if (typeof node.value === 'boolean') return [instead(node, String(!node.value))]
    return typeof node.value === 'number' ? [instead(node, String(node.value + 1))] : []
  },
  ExpressionStatement: (node) =>
    ['CallExpression', 'AwaitExpression', 'AssignmentExpression'].includes(nodeAt(node, 'expression').type)
      ? [instead(node, ';')]
      : [],
  CallExpression: called,
  TaggedTemplateExpression: (node, source) =>
    /^sql\b/.test(textOf(nodeAt(node, 'tag'), source))
      ? (nodeAt(node, 'quasi').quasis as Node[]).flatMap((piece) => sqlChanges(piece, source))
      : [],
}

function flipped(node: Node, source: string): Change[] {
  const left = nodeAt(node, 'left')
  const other = FLIPPED[String(node.operator)]
  if (!other) return []
  const between = source.slice(left.end, nodeAt(node, 'right').start)
  const at = left.end + between.indexOf(String(node.operator))
  return [{ start: at, end: at + String(node.operator).length, text: other }]
}

/** The question is no longer asked: always, never. */
function decided(node: Node): Change[] {
  const test = nodeAt(node, 'test')
  return [instead(test, 'true'), instead(test, 'false')]
}

function called(node: Node, source: string): Change[] {
  const callee = nodeAt(node, 'callee')
  const [one, other, ...more] = node.arguments as Node[]
  const changes: Change[] = []
  if (one?.type === 'Identifier' && other?.type === 'Identifier' && more.length === 0)
    changes.push({
      start: one.start,
      end: other.end,
      text: `${textOf(other, source)}, ${textOf(one, source)}`,
    })
  if (callee.type !== 'MemberExpression') return changes
  const method = nodeAt(callee, 'property')
  const name = textOf(method, source)
  if (name === 'filter') changes.push(instead(node, textOf(nodeAt(callee, 'object'), source)))
  return METHODS[name] ? [...changes, instead(method, METHODS[name])] : changes
}

function sqlChanges(piece: Node, source: string): Change[] {
  // Where a piece of a template begins and ends: with or without its delimiters, by parser.
  const text = textOf(piece, source)
  const taken: Change[] = []
  for (const [pattern, other] of SQL)
    for (const found of text.matchAll(pattern)) {
      const change = { start: piece.start + found.index, end: piece.start + found.index + found[0].length }
      if (taken.some((t) => t.start < change.end && change.start < t.end)) continue
      taken.push({ ...change, text: other })
    }
  return taken
}
