/** 谁能用: which kinds of organisations, below the owner, record here. */
import { Select } from 'antd'
import { isUser, usersInWords } from '../../../domain/records/ledgers/own/rules.ts'
import { listOrganisations } from '../../../domain/structure/organisations/contract.ts'
import { levels, orgTypes, sectors } from '../../../domain/structure/organisations/words.ts'
import { useFetch } from '../../app/queries.ts'
import { Field } from '../../kit/Form.tsx'
import type { Designing } from './design.ts'

export function UsersPart({
  designing,
  owner,
}: {
  designing: Designing
  owner: { id: string; name: string }
}) {
  const { users, setUsers } = designing
  const { data } = useFetch(listOrganisations, { query: { under: owner.id } })
  const meant = data?.organisations.filter((o) => isUser(users, o))
  const part = (key: keyof typeof users, label: string, from: { value: string; title: string }[]) => (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          placeholder="不限"
          value={users[key]}
          onChange={(chosen: string[]) => setUsers({ ...users, [key]: chosen })}
          options={from.map((o) => ({ value: o.value, label: o.title }))}
        />
      )}
    </Field>
  )
  const words = usersInWords(users)
  return (
    <div className="mz-own-tab">
      <p>
        由 <strong>{owner.name}</strong> 设立，它和它的下级{words ? `里的${words}` : '都'}
        能记；上级能看到、能统计。
      </p>
      {part('types', '组织类型', orgTypes)}
      {part('sectors', '领域', sectors)}
      {part('levels', '级别', levels)}
      {meant && (
        <p className={meant.length === 0 ? 'mz-own-fault' : 'mz-quiet mz-small'}>
          {meant.length === 0
            ? '现在没有一个组织符合，等于谁都不能记。'
            : `现在有 ${meant.length} 个组织能记。`}
        </p>
      )}
    </div>
  )
}
