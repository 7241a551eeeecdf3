import { Button, Modal, Segmented } from 'antd'
import { Download, Table2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { api } from '../../api/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useCanvas } from '../context.ts'
import { ByChannel, ByDay, ByNode } from './FigureTables.tsx'
import styles from './Rehearsal.module.css'

const views = ['node', 'day', 'channel'] as const
type View = (typeof views)[number]

/** Each view's table; a view without one does not compile. */
const tables = { node: ByNode, day: ByDay, channel: ByChannel } as const satisfies Record<View, unknown>

/** The whole report on demand: by node, by day and by channel (rule 30). */
export function Report() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const [open, setOpen] = useState(false)
  const [view, setView] = useState<View>('node')
  const id = useStore(rehearsal, (state) => state.id)
  const report = useStore(rehearsal, (state) => state.report)
  if (report === null || id === null || report.entered === 0) return null
  const Shown = tables[view]
  return (
    <>
      <button
        type="button"
        className={styles.link}
        data-testid="rehearsal-report"
        onClick={() => setOpen(true)}
      >
        {t('report.link')}
      </button>
      <Modal
        open={open}
        width={980}
        title={t('report.title')}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        footer={
          <Button
            icon={<Download size={14} />}
            href={api.href(`/rehearsals/${encodeURIComponent(id)}/report.csv`)}
            data-testid="rehearsal-report-download"
          >
            {t('report.download')}
          </Button>
        }
      >
        {report.by_day.length === 0 ? (
          <EmptyState icon={Table2} title={t('report.title')} text={t('report.older')} />
        ) : (
          <div className={styles.report} data-testid="rehearsal-figures">
            <Segmented<View>
              value={view}
              onChange={setView}
              options={views.map((value) => ({ value, label: t(`report.by.${value}`) }))}
            />
            <Shown report={report} />
          </div>
        )}
      </Modal>
    </>
  )
}
