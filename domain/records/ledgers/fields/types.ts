/** The types of fields, in the order in which the editor of ledgers offers them. A new one: its file and a line here. */
import type { LedgerField } from '../definition.ts'
import { calculated } from './calculated.ts'
import { choice } from './choice.ts'
import { choices } from './choices.ts'
import { date } from './date.ts'
import { enterprise } from './enterprise.ts'
import { integer } from './integer.ts'
import type { FieldKit } from './kit.ts'
import { link } from './link.ts'
import { longText } from './longText.ts'
import { money } from './money.ts'
import { number } from './number.ts'
import { org } from './org.ts'
import { person } from './person.ts'
import { place } from './place.ts'
import { record } from './record.ts'
import { stage } from './stage.ts'
import { text } from './text.ts'
import { yesNo } from './yesNo.ts'

const KITS = {
  text,
  longText,
  integer,
  number,
  money,
  date,
  choice,
  choices,
  stage,
  yesNo,
  place,
  person,
  org,
  record,
  enterprise,
  link,
  calculated,
}

export type FieldType = keyof typeof KITS

export const FIELD_TYPES = Object.keys(KITS) as FieldType[]

export const kitOf = (type: FieldType): FieldKit => KITS[type]

type Typed = Pick<LedgerField, 'type'>

export const isNumber = ({ type }: Typed): boolean => KITS[type].holds === 'number'
export const isDate = ({ type }: Typed): boolean => KITS[type].holds === 'date'
export const isYesNo = ({ type }: Typed): boolean => KITS[type].holds === 'yesNo'
export const isOneOf = ({ type }: Typed): boolean => KITS[type].holds === 'option'
export const isSomeOf = ({ type }: Typed): boolean => KITS[type].holds === 'options'
/** States that are reached one after the other. */
export const isStaged = ({ type }: Typed): boolean => KITS[type].holds === 'stages'
export const isWhole = (field: Typed): boolean => isNumber(field) && KITS[field.type].sheet.kind === 'integer'
/** One line of words. */
export const isLine = ({ type }: Typed): boolean =>
  KITS[type].holds === 'text' && KITS[type].widget === 'line'
/** It has options. */
export const isChosen = (field: Typed): boolean => isOneOf(field) || isSomeOf(field) || isStaged(field)
/** It means a thing. */
export const isReference = ({ type }: Typed): boolean => KITS[type].refersTo !== undefined
export const isProse = ({ type }: Typed): boolean => KITS[type].prose === true
export const isWorkedOut = ({ type }: Typed): boolean => KITS[type].workedOut === true
/** A form asks for it: neither worked out nor retired. */
export const isAsked = (field: Typed & Pick<LedgerField, 'retired'>): boolean =>
  !isWorkedOut(field) && !field.retired
export const naming =
  (what: FieldKit['names']) =>
  ({ type }: Typed): boolean =>
    KITS[type].names === what
export const isPlace = naming('place')
export const unitOf = ({ type, unit }: Pick<LedgerField, 'type' | 'unit'>): string =>
  KITS[type].unit ?? unit ?? ''
