import { Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../shared/journey/graph.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { canStand } from '../../../shared/run/move.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './People.module.css'
import { type People, usePeopleOrder } from './usePeople.ts'

interface MoveDialogProps {
  readonly people: People
  readonly graph: Pick<Journey, 'nodes'>
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Where people at a node can be moved to, with what that means. */
export function MoveDialog({ people, graph: { nodes }, onClose, onDone }: MoveDialogProps) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const [to, setTo] = useState<string | null>(null)
  const order = usePeopleOrder(people, onDone)
  const nameOf = (id: string) => format.text(nodes[id]?.name ?? { en: id })
  const options = Object.entries(nodes).flatMap(([value, node]) => {
    const type = registry.get(node.type)
    return type !== undefined && value !== people.node && canStand({ type })
      ? [{ value, label: nameOf(value) }]
      : []
  })
  return (
    <Modal
      open
      title={t('move.title')}
      okText={t('move.go')}
      okButtonProps={{ disabled: to === null, loading: order.isPending }}
      onOk={() =>
        order.mutate({ verb: 'move', more: { to }, say: (count) => t('move.done', { people: count }) })
      }
      onCancel={onClose}
      data-testid="people-move-dialog"
    >
      <p className={styles.meaning}>
        {t('move.text', { people: format.count(people.count), node: nameOf(people.node) })}
      </p>
      <Select
        className={styles.wide ?? ''}
        showSearch
        optionFilterProp="label"
        placeholder={t('move.pick')}
        aria-label={t('move.to')}
        value={to}
        onChange={setTo}
        options={options}
        data-testid="people-move-to"
      />
    </Modal>
  )
}
