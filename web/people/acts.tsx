/** What may be done to a person: correct, register a change, admit, appoint. */
import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { PersonPage } from '../../domain/structure/people/contract.ts'
import { EnterMemberDialog } from '../members/enterDialog.tsx'
import { AppointDialog } from '../officers/appointDialog.tsx'
import { CorrectPersonDialog } from './correctDialog.tsx'
import { TraitDialog } from './traitDialog.tsx'

const ACTS = [
  { key: 'trait', label: '登记变化（学历、入党、流动……）' },
  { key: 'correct', label: '更正登记错误' },
  { key: 'appoint', label: '登记任职' },
  { key: 'member', label: '登记团籍' },
]

export function PersonActs({ page }: { page: PersonPage }) {
  const [act, setAct] = useState<string | null>(null)
  const { person, may } = page
  if (!may.change) return null
  const close = () => setAct(null)
  const who = { personId: person.personId, name: person.name }
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items: ACTS, onClick: (e) => setAct(e.key) }}>
        <Button>
          办理 <DownOutlined />
        </Button>
      </Dropdown>
      {act === 'trait' && <TraitDialog person={person} close={close} />}
      {act === 'correct' && <CorrectPersonDialog person={person} close={close} />}
      {act === 'appoint' && <AppointDialog who={who} close={close} />}
      {act === 'member' && <EnterMemberDialog who={who} close={close} />}
    </>
  )
}
