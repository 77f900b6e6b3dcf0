/** An organisation found by typing 汉字, pinyin or a code. */
import { Select } from 'antd'
import { useState } from 'react'
import { searchOrganisations } from '../../domain/structure/organisations/contract.ts'
import { useFetch } from '../app/queries.ts'

export interface ChosenOrg {
  id: string
  name: string
  fullName: string
}

export interface OrgPickerProps {
  value: ChosenOrg | null
  onChange: (org: ChosenOrg | null) => void
  id?: string
  placeholder?: string
  asOf?: string
  disabled?: boolean
}

export function OrgPicker({ value, onChange, id, placeholder, asOf, disabled }: OrgPickerProps) {
  const [text, setText] = useState('')
  const { data, isFetching } = useFetch(
    searchOrganisations,
    { query: { q: text, ...(asOf ? { asOf } : {}) } },
    { keepLast: true, enabled: text !== '' },
  )
  const found: ChosenOrg[] = text ? (data?.organisations ?? []) : []
  const choices = value && !found.some((o) => o.id === value.id) ? [value, ...found] : found
  return (
    <Select
      {...(id ? { id } : {})}
      className="mz-wide"
      allowClear
      disabled={disabled ?? false}
      placeholder={placeholder ?? '输入名称、拼音或代码'}
      value={value?.id ?? null}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setText }}
      onChange={(chosen) => onChange(choices.find((o) => o.id === chosen) ?? null)}
      notFoundContent={text ? '没有找到这个组织' : '输入名称、拼音首字母或代码'}
      options={choices.map((o) => ({ value: o.id, label: o.name, path: pathOf(o) }))}
      optionRender={(option) => (
        <span className="mz-choice">
          {option.label}
          <small>{option.data.path}</small>
        </span>
      )}
    />
  )
}

const pathOf = (org: ChosenOrg) => org.fullName.split('/').slice(0, -1).join(' / ')
