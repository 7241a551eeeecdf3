import { Button } from 'antd'
import { Workflow } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { addNode } from '../../commands/add-node.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useCanvas, useDocument, useRun } from '../context.ts'
import { paletteItems } from '../palette/items.ts'
import styles from './EmptyCanvas.module.css'

/** What to do with an empty canvas. */
export function EmptyCanvas() {
  const { t } = useTranslation('canvas')
  const { types, cards } = useCanvas()
  const run = useRun()
  const empty = useDocument(({ journey }) => Object.keys(journey.nodes).length === 0)
  if (!empty) return null
  const [first] = paletteItems(types, cards)
  return (
    <div className={styles.empty}>
      <EmptyState
        icon={Workflow}
        title={t('empty.title')}
        text={t('empty.text')}
        example={t('empty.example')}
        action={
          first ? (
            <Button type="primary" onClick={() => run(addNode, { seed: first.seed(), at: null })}>
              {t('empty.action')}
            </Button>
          ) : null
        }
      />
    </div>
  )
}
