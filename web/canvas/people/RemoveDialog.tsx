import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './People.module.css'
import { type People, usePeopleOrder } from './usePeople.ts'

interface RemoveDialogProps {
  readonly people: People
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Asks once more before people are taken out of a journey. */
export function RemoveDialog({ people, onClose, onDone }: RemoveDialogProps) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const order = usePeopleOrder(people, onDone)
  return (
    <Modal
      open
      title={t('remove.title')}
      okText={t('remove.go')}
      okButtonProps={{ danger: true, loading: order.isPending }}
      onOk={() => order.mutate({ verb: 'remove', say: (count) => t('remove.done', { people: count }) })}
      onCancel={onClose}
      data-testid="people-remove-dialog"
    >
      <p className={styles.meaning}>{t('remove.text', { people: format.count(people.count) })}</p>
    </Modal>
  )
}
