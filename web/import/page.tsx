/** 导入: drop a file, see it as it stands, mend what is wrong, take it into the books. */
import { Button } from 'antd'
import { paths, useGo, useSearchState } from '../app/address.tsx'
import { Page } from '../kit/Page.tsx'
import { Drop } from './drop.tsx'
import { ImportJob } from './job.tsx'
import { Prepare } from './prepare.tsx'
import './import.css'

export function ImportPage() {
  const [search] = useSearchState()
  const go = useGo()
  const { file, job } = search
  if (job) return <ImportJob key={job} job={job} file={file} />
  if (file) return <Prepare key={file} file={file} />
  return (
    <Page
      title="导入"
      about="把已有的表格拖进来：组织、团员、团干部名册，和各本台账。不用先改格式。"
      actions={<Button onClick={() => go(paths.batches())}>导入过的批次</Button>}
      narrow
    >
      <Drop />
    </Page>
  )
}
