/** On a record's page: into which it was merged, or what was taken into it. */
import { mergesOfRecord } from '../../domain/records/duplicates/contract.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFetch } from '../app/queries.ts'
import './duplicates.css'

export function MergedNote({ record }: { record: string }) {
  const { data } = useFetch(mergesOfRecord, { params: { id: record } })
  if (!data || (!data.into && data.taken.length === 0)) return null
  return (
    <p className="mz-dup-verdict">
      {data.into && (
        <>
          合并后看这一条：<GoLink to={paths.record(data.into.keptId)}>{data.into.keptTitle}</GoLink>
        </>
      )}
      {data.taken.map((m) => (
        <span key={m.id}>
          由两条合成：并入了<GoLink to={paths.record(m.goneId)}>{m.goneTitle}</GoLink>。
        </span>
      ))}
    </p>
  )
}
