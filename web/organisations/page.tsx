/** 组织: the tree as it stood on a day. */

import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { measure } from '../../kernel/measureId.ts'
import { useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { DayField } from '../kit/DateField.tsx'
import { Figure } from '../kit/Figure.tsx'
import { EmptyState, Page } from '../kit/Page.tsx'
import { OpenDialog } from './dialogs.tsx'
import { OrgTreeTable } from './tree.tsx'
import './organisations.css'

export function OrganisationsPage() {
  const { org, asOf } = useFrame()
  const [search, change] = useSearchState()
  const day = search.asOf ?? asOf
  const may = useMay('structure.change')
  const [opening, setOpening] = useState(false)
  return (
    <Page
      title="组织"
      about={
        <>
          {org.name}及下级，共 <Figure asked={{ measure: measure('org.count'), org: org.id, asOf: day }} />
        </>
      }
      actions={
        <DayField
          value={day}
          onChange={(next) => change({ asOf: next && next !== asOf ? next : undefined })}
        />
      }
      main={
        may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpening(true)}>
            设立组织
          </Button>
        )
      }
    >
      <OrgTreeTable
        under={org.id}
        day={day}
        empty={
          <EmptyState
            title="还没有下级组织"
            hint="可以设立一个组织，或者导入组织名册。"
            action={may && <Button onClick={() => setOpening(true)}>设立组织</Button>}
          />
        }
      />
      {opening && <OpenDialog parent={org} close={() => setOpening(false)} />}
    </Page>
  )
}
