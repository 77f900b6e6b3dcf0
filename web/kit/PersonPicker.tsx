/** People found by name, pinyin or a whole phone number; who is not known may be kept as a name. */
import { Select } from 'antd'
import { useState } from 'react'
import { searchPeople } from '../../domain/structure/people/contract.ts'
import { useFetch } from '../app/queries.ts'

/** `personId` null: a name that is nobody known. */
export interface ChosenPerson {
  personId: string | null
  name: string
  orgName?: string | null
}

export interface PersonPickerProps {
  value: ChosenPerson[]
  onChange: (people: ChosenPerson[]) => void
  /** Look within this organisation first. */
  org?: string
  /** One person only. */
  single?: boolean
  /** Names of unknown people may be kept. */
  freeNames?: boolean
  id?: string
  placeholder?: string
}

const keyOf = (p: ChosenPerson) => p.personId ?? `name:${p.name}`

export function PersonPicker({
  value,
  onChange,
  org,
  single,
  freeNames,
  id,
  placeholder,
}: PersonPickerProps) {
  const [text, setText] = useState('')
  const { data, isFetching } = useFetch(
    searchPeople,
    { query: { q: text, ...(org ? { org } : {}) } },
    { keepLast: true, enabled: text !== '' },
  )
  const found = text ? (data?.people ?? []) : []
  const choices = found.map((p) => ({
    value: p.personId,
    label: p.name,
    about: [p.orgName, p.birthDate?.slice(0, 7), p.phoneMasked].filter(Boolean).join(' · '),
    person: { personId: p.personId, name: p.name, orgName: p.orgName } as ChosenPerson,
  }))
  const typed = text.trim()
  const known = found.some((p) => p.name === typed)
  if (freeNames && /^[\u4e00-\u9fa5·]{2,}$/.test(typed))
    choices.push({
      value: `name:${typed}`,
      label: typed,
      about: known ? '另一个同名的人，名册里没有' : '名册里没有，只记姓名',
      person: { personId: null, name: typed },
    })
  const choosable = new Map([
    ...value.map((p): [string, ChosenPerson] => [keyOf(p), p]),
    ...choices.map((c): [string, ChosenPerson] => [c.value, c.person]),
  ])
  const choose = (next: { value: string }[]) => {
    setText('')
    onChange((single ? next.slice(-1) : next).flatMap((n) => choosable.get(n.value) ?? []))
  }
  return (
    <Select
      {...(id ? { id } : {})}
      className="mz-wide"
      mode="multiple"
      labelInValue
      placeholder={placeholder ?? '输入姓名、拼音首字母或完整的手机号'}
      value={value.map((p) => ({ value: keyOf(p), label: p.name }))}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      onChange={choose}
      notFoundContent={text ? '名册里没有这个人' : null}
      options={choices}
      optionRender={(option) => (
        <span className="mz-choice">
          {option.label}
          <small>{option.data.about}</small>
        </span>
      )}
    />
  )
}
