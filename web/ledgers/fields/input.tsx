/** One field of a ledger as its widget asks for it, in a form and among the filters of a list. */
import type { ComponentType } from 'react'
import type { Holding, Widget } from '../../../domain/records/ledgers/fields/kit.ts'
import { kitOf } from '../../../domain/records/ledgers/fields/types.ts'
import { DayFilter, DayInput } from './day.tsx'
import { AddressInput, AreaInput, LineFilter, LineInput } from './line.tsx'
import { NumberFilter, NumberInput } from './number.tsx'
import { OneOfInput, OptionsFilter, SomeOfInput } from './options.tsx'
import type { FilterProps, InputProps } from './props.ts'
import { ReferenceFilter, ReferenceInput } from './reference.tsx'
import { StagesInput } from './stages.tsx'
import { YesNoFilter, YesNoInput } from './yesNo.tsx'

const INPUTS: Record<Widget, ComponentType<InputProps>> = {
  line: LineInput,
  area: AreaInput,
  address: AddressInput,
  number: NumberInput,
  day: DayInput,
  yesNo: YesNoInput,
  oneOf: OneOfInput,
  someOf: SomeOfInput,
  stages: StagesInput,
  reference: ReferenceInput,
}

const FILTERS: Record<Holding, ComponentType<FilterProps>> = {
  text: LineFilter,
  number: NumberFilter,
  date: DayFilter,
  yesNo: YesNoFilter,
  option: OptionsFilter,
  options: OptionsFilter,
  stages: OptionsFilter,
  reference: ReferenceFilter,
}

export function FieldInput(props: InputProps) {
  const Input = INPUTS[kitOf(props.field.type).widget]
  return <Input {...props} />
}

export function FieldFilter(props: FilterProps) {
  const Filter = FILTERS[kitOf(props.field.type).holds]
  return <Filter {...props} />
}
