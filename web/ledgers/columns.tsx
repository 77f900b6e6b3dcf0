/** The columns of a ledger's list, from its declaration. */
import { getAttachment, type RecordRow } from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { isNumber, isProse, isSomeOf, kitOf, unitOf } from '../../domain/records/ledgers/fields/types.ts'
import { briefValue } from '../../domain/records/ledgers/fields.ts'
import { hostName } from '../../domain/records/ledgers/hostWords.ts'
import { QUANTITIES_TITLE, shownQuantities } from '../../domain/records/ledgers/quantities.ts'
import { addressOf } from '../app/client.ts'
import type { Column } from '../kit/columns.ts'

const dayShown = (row: RecordRow) => {
  const whole = row.day.slice(0, { day: 10, month: 7, year: 4 }[row.dayPrecision])
  return row.dayTo ? `${whole} 至 ${row.dayTo.slice(5)}` : whole
}

/** Shown until others are chosen. */
const USUAL_COLUMNS = 4

export function columnsOf(definition: LedgerDefinition): Column<RecordRow>[] {
  const { personTimes, name, day, roles, photos, fields } = definition
  const usual = fields.filter((f) => kitOf(f.type).usual && !f.retired).slice(0, USUAL_COLUMNS)
  const money = (value: unknown) =>
    typeof value === 'number' ? value.toLocaleString('zh-CN', { maximumFractionDigits: 2 }) : null
  return [
    {
      id: 'day',
      title: day.label,
      value: dayShown,
      cell: (r) => <span className="mz-record-day">{dayShown(r)}</span>,
      sortable: true,
      width: 120,
    },
    {
      id: 'title',
      title: name.label,
      value: (r) => r.title,
      cell: (r) => <span className="mz-ledger-title">{r.title}</span>,
      sortable: true,
    },
    {
      id: 'org',
      title: '组织',
      value: (r) => [r.org.name, ...r.hosts.map(hostName)].join('、'),
      sortable: true,
    },
    ...(personTimes
      ? [
          {
            id: 'personTimes',
            title: personTimes.label,
            value: (r: RecordRow) => r.personTimes,
            numeric: true,
            sortable: true,
          },
        ]
      : []),
    ...fields.map(
      (f): Column<RecordRow> => ({
        id: f.id,
        title: kitOf(f.type).unit ? `${f.title}（${unitOf(f)}）` : f.title,
        value: (r) => (isNumber(f) ? money(r.fields[f.id]) : briefValue(f, r.fields[f.id])),
        numeric: isNumber(f),
        sortable: !isProse(f) && !isSomeOf(f),
        hidden: !usual.includes(f),
      }),
    ),
    ...(roles.length > 0
      ? [{ id: '_named', title: '名单', value: (r: RecordRow) => r.named || null, numeric: true }]
      : []),
    ...(photos ? [{ id: '_photos', title: '照片', cell: (r: RecordRow) => <Thumbs ids={r.photos} /> }] : []),
    { id: '_quantities', title: QUANTITIES_TITLE, value: (r) => shownQuantities(r.quantities), hidden: true },
    { id: '_sentence', title: '写进总结的话', value: (r) => r.sentence, hidden: true },
  ]
}

function Thumbs({ ids }: { ids: string[] }) {
  const [first] = ids
  if (!first) return <span className="mz-none">—</span>
  return (
    <span className="mz-thumb">
      <img
        src={addressOf(getAttachment, { params: { id: first }, query: { size: 'small' } })}
        alt=""
        loading="lazy"
      />
      {ids.length > 1 && <small>{ids.length}</small>}
    </span>
  )
}
