/** 关联的记录: which records name this one, by ledger; each opens, and one may be added. */
import { PlusOutlined } from '@ant-design/icons'
import type { RecordDetail } from '../../domain/records/ledgers/contract.ts'
import { getLinked, type LinkedGroup } from '../../domain/records/ledgers/linkedContract.ts'
import { dateInWords } from '../../kernel/period.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFetch } from '../app/queries.ts'

export function Linked({ record }: { record: RecordDetail }) {
  const { data } = useFetch(getLinked, { params: { id: record.id } }, { enabled: !record.invited })
  const groups = data?.groups ?? []
  if (groups.length === 0) return null
  return (
    <>
      <h3>关联的记录</h3>
      {groups.map((group) => (
        <Group key={`${group.ledger} ${group.field}`} group={group} record={record} />
      ))}
    </>
  )
}

function Group({ group, record }: { group: LinkedGroup; record: RecordDetail }) {
  const { ledger, title, fieldTitle, measureWord, count, sums, rows } = group
  const given = new URLSearchParams({ about: `${group.field}:${record.id}`, named: record.title })
  const where = new URLSearchParams({ [`f.${group.field}`]: record.id })
  return (
    <section className="mz-linked">
      <div className="mz-linked-head">
        <strong>{title}</strong>
        <small>{fieldTitle}</small>
        <span>
          {count} {measureWord}
        </span>
        {sums
          .filter((s) => s.value !== null)
          .map((s) => (
            <span key={s.title}>
              {s.title} {s.partial ? '至少 ' : ''}
              {s.value} {s.unit}
            </span>
          ))}
        {record.voidedAt === null && (
          <GoLink to={`${paths.newRecord(ledger)}?${given}`}>
            <PlusOutlined /> 添一{measureWord}
          </GoLink>
        )}
      </div>
      {rows.length > 0 && (
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <GoLink to={paths.record(row.id)}>{row.title}</GoLink>
              <small>
                {dateInWords(row.day, row.dayPrecision)} · {row.org}
              </small>
            </li>
          ))}
        </ul>
      )}
      {count > rows.length && <GoLink to={`${paths.ledger(ledger)}?${where}`}>在台账里看全部</GoLink>}
    </section>
  )
}
