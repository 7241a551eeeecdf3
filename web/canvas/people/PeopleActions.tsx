import { Button } from 'antd'
import { ArrowRightLeft, LogOut, RotateCw, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../shared/journey/graph.ts'
import { MoveDialog } from './MoveDialog.tsx'
import styles from './People.module.css'
import { RemoveDialog } from './RemoveDialog.tsx'
import { SaveDialog } from './SaveDialog.tsx'
import { type People, usePeopleOrder } from './usePeople.ts'

export interface PeopleActionsProps {
  /** null: nobody is chosen. */
  readonly people: People | null
  /** Whether one of them is stuck, or may be. */
  readonly stuck: boolean
  readonly graph: Pick<Journey, 'nodes'>
  readonly onDone: () => void
}

type Open = 'move' | 'remove' | 'save' | null

/** What can be done with people at a node: move, take out, try again, save as an audience. */
export function PeopleActions({ people, ...props }: PeopleActionsProps) {
  return people === null ? <Buttons disabled stuck={false} /> : <Actions people={people} {...props} />
}

function Actions({ people, stuck, graph, onDone }: PeopleActionsProps & { people: People }) {
  const { t } = useTranslation('people')
  const [open, setOpen] = useState<Open>(null)
  const done = () => {
    setOpen(null)
    onDone()
  }
  const retry = usePeopleOrder(people, done)
  const close = () => setOpen(null)
  return (
    <>
      <Buttons
        stuck={stuck}
        busy={retry.isPending}
        onOpen={setOpen}
        onRetry={() => retry.mutate({ verb: 'retry', say: (count) => t('retry.done', { people: count }) })}
      />
      {open === 'move' ? <MoveDialog people={people} graph={graph} onClose={close} onDone={done} /> : null}
      {open === 'remove' ? <RemoveDialog people={people} onClose={close} onDone={done} /> : null}
      {open === 'save' ? <SaveDialog people={people} onClose={close} onDone={done} /> : null}
    </>
  )
}

interface ButtonsProps {
  readonly disabled?: boolean
  readonly stuck: boolean
  readonly busy?: boolean
  readonly onOpen?: (open: Open) => void
  readonly onRetry?: () => void
}

function Buttons({ disabled = false, stuck, busy = false, onOpen, onRetry }: ButtonsProps) {
  const { t } = useTranslation('people')
  return (
    <div className={styles.actions}>
      <Button
        size="small"
        icon={<ArrowRightLeft size={13} />}
        disabled={disabled}
        data-testid="people-move"
        onClick={() => onOpen?.('move')}
      >
        {t('move.button')}
      </Button>
      <Button
        size="small"
        icon={<LogOut size={13} />}
        disabled={disabled}
        data-testid="people-remove"
        onClick={() => onOpen?.('remove')}
      >
        {t('remove.button')}
      </Button>
      {stuck ? (
        <Button
          size="small"
          icon={<RotateCw size={13} />}
          loading={busy}
          data-testid="people-retry"
          onClick={onRetry}
        >
          {t('retry.button')}
        </Button>
      ) : null}
      <Button
        size="small"
        icon={<Users size={13} />}
        disabled={disabled}
        data-testid="people-save"
        onClick={() => onOpen?.('save')}
      >
        {t('save.button')}
      </Button>
    </div>
  )
}
