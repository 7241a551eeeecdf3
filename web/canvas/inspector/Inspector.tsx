import { Button } from 'antd'
import { Copy, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { deleteSelected } from '../../commands/delete.ts'
import { duplicate } from '../../commands/duplicate.ts'
import { edgeEnd } from '../../store/graph.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useDocument, useRun } from '../context.ts'
import styles from './Inspector.module.css'
import { JourneySettings } from './JourneySettings.tsx'
import { NodeInspector } from './NodeInspector.tsx'

/** What is selected, to be read and changed; with nothing selected, the journey itself. */
export function Inspector() {
  const { t } = useTranslation('canvas')
  const selection = useDocument((state) => state.selection)
  const edge = useDocument((state) => state.edge)
  const [only] = selection
  return (
    <aside
      className={styles.inspector}
      aria-label={t('inspector.title')}
      data-testid="inspector"
      data-panel="inspector"
    >
      {only !== undefined && selection.length === 1 ? (
        <NodeInspector key={only} id={only} />
      ) : selection.length > 1 ? (
        <Several count={selection.length} />
      ) : edge !== null ? (
        <LineInspector edge={edge} />
      ) : (
        <JourneySettings />
      )}
    </aside>
  )
}

function Several({ count }: { count: number }) {
  const { t } = useTranslation('canvas')
  const run = useRun()
  return (
    <div className={styles.body}>
      <h2>{t('inspector.several', { count })}</h2>
      <p className={styles.note}>{t('inspector.severalHint')}</p>
      <div className={styles.tools}>
        <Button icon={<Copy size={14} />} onClick={() => run(duplicate, undefined)}>
          {t('inspector.duplicate')}
        </Button>
        <Button danger icon={<Trash2 size={14} />} onClick={() => run(deleteSelected, undefined)}>
          {t('inspector.delete')}
        </Button>
      </div>
    </div>
  )
}

function LineInspector({ edge }: { edge: string }) {
  const { t } = useTranslation('canvas')
  const run = useRun()
  const format = useFormat()
  const { from, port } = edgeEnd(edge)
  const nodes = useDocument(({ journey }) => journey.nodes)
  const to = useDocument(({ journey }) => journey.edges[from]?.[port])
  const nameOf = (id: string | undefined) =>
    id === undefined ? '' : format.text(nodes[id]?.name ?? { en: id })
  return (
    <div className={styles.body}>
      <h2>{t('inspector.line')}</h2>
      <p>{t('inspector.lineWords', { from: nameOf(from), to: nameOf(to) })}</p>
      <p className={styles.note}>{t('inspector.lineHint')}</p>
      <div className={styles.tools}>
        <Button danger icon={<Trash2 size={14} />} onClick={() => run(deleteSelected, undefined)}>
          {t('inspector.deleteLine')}
        </Button>
      </div>
    </div>
  )
}
