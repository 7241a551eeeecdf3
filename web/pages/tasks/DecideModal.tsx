import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Task, taskDecided } from '../../../shared/api/tasks.ts'
import { limits } from '../../../shared/limits.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './tasks.module.css'

/** The button of a task that somebody has pressed. */
export interface Pressed {
  readonly task: Task
  readonly button: Task['buttons'][number]
}

/** The last look before a decision, which cannot be taken back, with room for a note. */
export function DecideModal({ pressed, onClose }: { pressed: Pressed | null; onClose: () => void }) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  return (
    <Modal
      open={pressed !== null}
      title={pressed === null ? '' : t('decide', { button: format.text(pressed.button.name) })}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      {pressed === null ? null : <Decide {...pressed} onClose={onClose} />}
    </Modal>
  )
}

function Decide({ task, button, onClose }: Pressed & { onClose: () => void }) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  const notice = useNotice()
  const [note, setNote] = useState('')
  const [next, setNext] = useState('')
  const [busy, setBusy] = useState(false)
  const decide = async () => {
    setBusy(true)
    try {
      await api.post(`/tasks/${encodeURIComponent(task.id)}`, taskDecided, {
        ...{ button: button.id, note },
        next: next === '' ? null : next,
      })
      notice.done(
        t(task.journeyId === null ? 'doneByHand' : 'done', {
          customer: task.customerName ?? task.customerId,
        }),
      )
    } catch (problem) {
      notice.problem(problem)
    } finally {
      onClose()
      await refresh('/tasks')
    }
  }
  return (
    <>
      <p className={styles.title}>{task.title}</p>
      <p className={styles.text}>
        {t(task.journeyId === null ? 'decideByHand' : 'decideText', {
          customer: task.customerName ?? task.customerId,
        })}
      </p>
      <Input.TextArea
        style={{ margin: '12px 0 16px' }}
        value={note}
        rows={3}
        maxLength={limits.taskNoteLength.value}
        placeholder={t('note')}
        aria-label={t('note')}
        onChange={({ target }) => setNote(target.value)}
        data-testid="task-note"
      />
      {task.kind === 'decision' ? null : (
        <div className={styles.next}>
          <span>{t('next')}</span>
          <Input
            type="date"
            aria-label={t('next')}
            size="large"
            value={next}
            onChange={({ target }) => setNext(target.value)}
            data-testid="task-next"
          />
        </div>
      )}
      <Button
        block
        size="large"
        type="primary"
        loading={busy}
        onClick={() => void decide()}
        data-testid="task-confirm"
      >
        {format.text(button.name)}
      </Button>
    </>
  )
}
