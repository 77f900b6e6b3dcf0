/** When one writes into a ledger; of an own one also whose it is. */
import type { LedgerDefinition } from '../../../domain/records/ledgers/definition.ts'
import { GoLink } from '../../app/address.tsx'

export function About({ definition: { id, about, own } }: { definition: LedgerDefinition }) {
  if (!own) return <>{about}</>
  return (
    <>
      {about} <GoLink to={`/ledgers/own/${id}`}>{own.owner.name}自建</GoLink>
      {own.closed && '，已停用，不再记新的'}
    </>
  )
}
