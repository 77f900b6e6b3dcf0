/** The acts on one membership or post, behind one small button in its row. */
import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { AppointmentSpan, MembershipSpan } from '../../domain/structure/people/contract.ts'
import { AppointmentDialog, MembershipDialog, type SpanAct } from './spanDialogs.tsx'

type SpanMenuProps = { name: string } & (
  | { kind: 'membership'; span: MembershipSpan }
  | { kind: 'appointment'; span: AppointmentSpan }
)

export function SpanMenu(props: SpanMenuProps) {
  const [act, setAct] = useState<SpanAct | null>(null)
  const close = () => setAct(null)
  const items = [
    ...(props.span.to ? [] : [{ key: 'end', label: props.kind === 'membership' ? '办理离开' : '登记离任' }]),
    { key: 'correct', label: '更正' },
    { key: 'remove', label: '作废' },
  ]
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: (e) => setAct(e.key as SpanAct) }}>
        <Button type="text" size="small" aria-label={`办理：${props.span.orgName}`} icon={<MoreOutlined />} />
      </Dropdown>
      {act && props.kind === 'membership' && (
        <MembershipDialog act={act} span={props.span} name={props.name} close={close} />
      )}
      {act && props.kind === 'appointment' && (
        <AppointmentDialog act={act} span={props.span} name={props.name} close={close} />
      )}
    </>
  )
}
