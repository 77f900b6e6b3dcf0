/** What the filter comes to: its count, its attendances, its sums. */
import type { listRecords } from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { Figure } from '../kit/Figure.tsx'
import type { figureFilterOf } from './filters.tsx'

type Figures = Output<typeof listRecords>['figures']

const MOST_SUMS = 5

interface FilterFiguresProps {
  definition: LedgerDefinition
  figures: Figures
  /** Null where the filter cannot be asked as a figure: then the numbers of the list stand without evidence. */
  filter: ReturnType<typeof figureFilterOf>
}

export function FilterFigures({ definition, figures, filter }: FilterFiguresProps) {
  const { id, measureWord, personTimes } = definition
  const sums = figures.sums.filter((s) => s.value !== null).slice(0, MOST_SUMS)
  return (
    <dl className="mz-ledger-figures">
      <Told
        title="筛选出"
        value={figures.count}
        unit={measureWord}
        asked={filter && `${id}.count`}
        filter={filter}
      />
      {figures.personTimes !== null && (
        <Told
          title={personTimes?.label ?? '人次'}
          value={figures.personTimes}
          unit="人次"
          asked={filter && `${id}.personTimes`}
          filter={filter}
        />
      )}
      {sums.map((s) => (
        <Told key={s.field} title={s.title} value={s.value ?? 0} unit={s.unit} asked={null} filter={null} />
      ))}
    </dl>
  )
}

interface ToldProps extends Pick<FilterFiguresProps, 'filter'> {
  title: string
  value: number
  unit: string
  asked: string | null
}

function Told({ title, value, unit, asked, filter }: ToldProps) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {asked && filter ? (
          <Figure asked={{ measure: asked, ...filter }} />
        ) : (
          <>
            {value.toLocaleString('zh-CN', { maximumFractionDigits: 2 })}
            <small>{unit}</small>
          </>
        )}
      </dd>
    </div>
  )
}
