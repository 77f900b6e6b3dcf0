/** The one tour of the demo: a sheet, a figure, its rows, the summary. For who may do all four. */

import { Button } from 'antd'
import { measure } from '../../kernel/measureId.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useMay, useMe } from '../app/me.ts'
import { useRemembered } from '../app/preferences.ts'
import { figurePage, useEvidence, useQuestion } from '../kit/figures.ts'

const MEASURE = { measure: measure('themeActivity.personTimes') }

export function Tour() {
  const me = useMe()
  const { org } = useFrame()
  const [done, setDone] = useRemembered('tourDone', false)
  const evidence = useEvidence()
  const question = useQuestion(MEASURE)
  const writes = useMay('summaries.write')
  const imports = useMay('records.import')
  if (done || !me.demo || !writes || !imports || org.id !== me.home?.id || org.type !== 'committee')
    return null
  return (
    <nav className="mz-tour mz-no-print" aria-label="四步看明白">
      <strong>四步看明白</strong>
      <ol>
        <li>
          <GoLink to={paths.import()}>导入一张表</GoLink>
        </li>
        <li>
          <GoLink to={figurePage(question)}>看一个数</GoLink>
        </li>
        <li>
          <button type="button" className="mz-link-button" onClick={() => evidence.open(question)}>
            点开它的每一行
          </button>
        </li>
        <li>
          <GoLink to={paths.summaries()}>写进总结，导出 Word</GoLink>
        </li>
      </ol>
      <Button type="text" onClick={() => setDone(true)}>
        不再显示
      </Button>
    </nav>
  )
}
