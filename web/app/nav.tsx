/** The lines of work, at the left. */
import {
  ApartmentOutlined,
  AppstoreOutlined,
  BarChartOutlined,
  DashboardOutlined,
  FilePdfOutlined,
  FileTextOutlined,
  ImportOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  ReadOutlined,
  SettingOutlined,
  SolutionOutlined,
  TableOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { useRouterState } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { Action } from '../../kernel/actions.ts'
import { GoLink } from './address.tsx'
import { Mark } from './mark.tsx'
import { type Me, useMe } from './me.ts'

export interface LineOfWork {
  path: string
  title: string
  icon: ReactNode
  /** Further paths that belong to it. */
  also?: string
  /** Shown to whom a post gives this. */
  needs?: Action
}

const LINES: LineOfWork[] = [
  { path: '/desk', title: '工作台', icon: <AppstoreOutlined /> },
  { path: '/organisations', title: '组织', icon: <ApartmentOutlined /> },
  { path: '/members', title: '团员', icon: <TeamOutlined />, also: '/people' },
  { path: '/officers', title: '团干部', icon: <SolutionOutlined /> },
  { path: '/ledgers', title: '台账', icon: <ReadOutlined />, also: '/records' },
  { path: '/overview', title: '概览', icon: <DashboardOutlined /> },
  { path: '/figures', title: '数据', icon: <BarChartOutlined /> },
  { path: '/forms', title: '报表', icon: <TableOutlined /> },
  { path: '/summaries', title: '总结', icon: <FileTextOutlined /> },
  { path: '/inspection', title: '迎检', icon: <FilePdfOutlined /> },
  { path: '/import', title: '导入', icon: <ImportOutlined />, needs: 'records.import' },
  { path: '/settings', title: '设置', icon: <SettingOutlined /> },
]

export const linesFor = ({ actions }: Pick<Me, 'actions'>): LineOfWork[] =>
  LINES.filter(({ needs }) => needs === undefined || actions.includes(needs))

export function Nav({ narrow, setNarrow }: { narrow: boolean; setNarrow: (narrow: boolean) => void }) {
  const lines = linesFor(useMe())
  const pathname = useRouterState({ select: (s) => s.location.pathname })
  const isHere = (line: LineOfWork) =>
    pathname.startsWith(line.path) || (line.also !== undefined && pathname.startsWith(line.also))
  return (
    <nav className={narrow ? 'mz-nav mz-nav-narrow mz-no-print' : 'mz-nav mz-no-print'} aria-label="主菜单">
      <GoLink to="/" className="mz-brand" aria-label="明账，首页">
        <Mark size={24} />
        <span>明账</span>
      </GoLink>
      <ul>
        {lines.map((line) => (
          <li key={line.path}>
            <Tooltip title={narrow ? line.title : ''} placement="right">
              <GoLink to={line.path} className="mz-nav-item" aria-current={isHere(line) ? 'page' : undefined}>
                {line.icon}
                <span>{line.title}</span>
              </GoLink>
            </Tooltip>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="mz-nav-fold"
        aria-label={narrow ? '展开菜单' : '收起菜单'}
        onClick={() => setNarrow(!narrow)}
      >
        {narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
      </button>
    </nav>
  )
}
