import { Button, Tabs } from 'antd'
import { FileUp, Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffList } from '../../../shared/api/staff.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { FileModal } from './FileModal.tsx'
import { GiveModal, type Giving } from './GiveModal.tsx'
import { type Edited, MemberModal } from './MemberModal.tsx'
import { ReportPanel } from './ReportPanel.tsx'
import { RulesPanel } from './RulesPanel.tsx'
import { StaffTable } from './StaffTable.tsx'
import styles from './staff.module.css'
import { TeamsPanel } from './TeamsPanel.tsx'
import { useStaff } from './useStaff.ts'

/** Who works for the brand, who has which customers, and by which rules they are given. */
export function Component() {
  const { t } = useTranslation('staff')
  const query = useStaff()
  const [edited, setEdited] = useState<Edited | null>(null)
  const [giving, setGiving] = useState<Giving | null>(null)
  const [file, setFile] = useState<'staff' | 'owners' | null>(null)
  const add = () => setEdited({ member: null })
  return (
    <Page>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <Button icon={<FileUp size={14} />} onClick={() => setFile('staff')}>
              {t('file.open')}
            </Button>
            <Button type="primary" icon={<Plus size={14} />} onClick={add} data-testid="add-staff">
              {t('add')}
            </Button>
          </>
        }
      />
      <Loaded query={query} skeleton={<TableSkeleton rows={6} />}>
        {(data) =>
          data.staff.length === 0 ? (
            <EmptyState icon={Users} title={t('empty')} text={t('emptyText')} example={t('example')} />
          ) : (
            <Staff data={data} onEdit={(member) => setEdited({ member })} onGive={setGiving} />
          )
        }
      </Loaded>
      <MemberModal edited={edited} teams={query.data?.teams ?? []} onClose={() => setEdited(null)} />
      <GiveModal giving={giving} data={query.data ?? null} onClose={() => setGiving(null)} />
      <FileModal kind={file} onKind={setFile} />
    </Page>
  )
}

interface StaffProps {
  data: StaffList
  onEdit: (member: StaffList['staff'][number]) => void
  onGive: (giving: Giving) => void
}

const tabs = ['staff', 'teams', 'rules', 'report'] as const

function Staff({ data, onEdit, onGive }: StaffProps) {
  const { t } = useTranslation('staff')
  const [{ tab }, setFilter] = useFilters(['tab'])
  const shown = tabs.find((one) => one === tab) ?? 'staff'
  const panels = {
    staff: <StaffTable data={data} onEdit={onEdit} onHandOver={(of) => onGive({ of })} />,
    teams: <TeamsPanel data={data} />,
    rules: <RulesPanel data={data} onGive={() => onGive({ of: null })} />,
    report: <ReportPanel />,
  }
  return (
    <div className={styles.page}>
      <Figures data={data} />
      <Tabs
        activeKey={shown}
        onChange={(key) => setFilter('tab', key === 'staff' ? undefined : key)}
        items={tabs.map((key) => ({ key, label: t(`tabs.${key}`), children: panels[key] }))}
      />
    </div>
  )
}

function Figures({ data: { staff, unowned, waiting } }: { data: StaffList }) {
  const { t } = useTranslation('staff')
  const format = useFormat()
  const sum = (of: (one: StaffList['staff'][number]) => number) =>
    format.count(staff.reduce((total, one) => total + of(one), 0))
  return (
    <StatTiles>
      <StatTile label={t('figures.owned')} value={sum(({ customers }) => customers)} />
      <StatTile label={t('figures.unowned')} value={format.count(unowned)} />
      <StatTile label={t('figures.tasks')} value={sum(({ openTasks }) => openTasks)} />
      {waiting > 0 ? <StatTile label={t('figures.waiting')} value={format.count(waiting)} /> : null}
    </StatTiles>
  )
}
