/** The head of a list's drawer with a person in it. */
import { Button } from 'antd'
import { paths, useGo } from '../app/address.tsx'
import { PersonActs } from './acts.tsx'
import { usePerson } from './view.tsx'

export function PersonDrawerActs({ id }: { id: string }) {
  const { data } = usePerson(id)
  const go = useGo()
  return (
    <span className="mz-person-drawer">
      <Button onClick={() => go(paths.person(id))}>打开整页</Button>
      {data && <PersonActs page={data} />}
    </span>
  )
}
