/** What a command of the command line is, and what it is given. */
import type { ParseArgsConfig } from 'node:util'
import type { TSchema } from 'typebox'
import Format from 'typebox/format'
import Value from 'typebox/value'
import { routes } from '../domain/index.ts'
import type { Actor, Context } from '../kernel/context.ts'
import type { Endpoint, Input, Output } from '../kernel/endpoint.ts'
import { invalid } from '../kernel/errors.ts'
import { type Route, run } from '../kernel/route.ts'
import { FORMATS } from '../kernel/shapes.ts'
import { NOTHING, strictly } from '../kernel/strict.ts'
import { inContext } from '../kernel/transaction.ts'
import type { Opened } from './services.ts'

export interface Printed {
  /** With --json: all of standard output. */
  json: unknown
  /** Without. */
  text: string
  /** Done in part or not at all; the exit status is 1. */
  failed?: boolean
}

export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

export interface CommandLine extends Opened {
  actor: Actor
  /** What follows the command's name. */
  positionals: string[]
  /** Options as typed, by their names. */
  values: Values
}

export interface Command {
  /** org move 组织 --to 新上级 --on 日期; one line for each way of calling it. */
  usage: string[]
  about: string
  options: NonNullable<ParseArgsConfig['options']>
  /** What is checked before the data folder is opened, or made. */
  prepare?(line: Pick<CommandLine, 'positionals' | 'values'>): Promise<void>
  run(line: CommandLine): Promise<Printed>
}

/** Text of an option; undefined when it was not given. */
export const textOf = ({ values }: CommandLine, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** @throws invalid naming the option that is missing. */
export function needed(line: CommandLine, name: string, what: string): string {
  const value = textOf(line, name)
  if (value) return value
  throw invalid('missingOption', `缺少参数 --${name}（${what}）。`)
}

/** The same handler that the server runs, in this process. */
export function call<E extends Endpoint>(
  { services, actor }: CommandLine,
  endpoint: E,
  input: Partial<Input<E>>,
): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E> | undefined
  if (!found) throw new Error(`no route ${endpoint.id}`)
  check(endpoint.params, input.params)
  check(endpoint.query, input.query)
  check(endpoint.body, input.body)
  return run(services, actor, found, input)
}

for (const [name, check] of Object.entries(FORMATS)) Format.Set(name, check)

/** What HTTP refuses by its schema is refused here as well. */
function check(shape: TSchema = NOTHING, value: unknown = {}): void {
  const schema = strictly(shape)
  if (Value.Check(schema, value)) return
  const problems = [...Value.Errors(schema, value)].map((e) => ({
    field: e.instancePath.slice(1).replaceAll('/', '.'),
    reason: e.message,
  }))
  const where = [...new Set(problems.map((p) => p.field).filter(Boolean))].join('、')
  throw invalid('shape', `参数不对${where ? `：${where}` : ''}。请用 --help 看用法。`, problems)
}

/** For what has no endpoint, because only whoever sits at the machine may do it. */
export const inTransaction = <T>(line: CommandLine, work: (ctx: Context) => Promise<T>): Promise<T> =>
  inContext(line.services, line.actor, {}, work)
