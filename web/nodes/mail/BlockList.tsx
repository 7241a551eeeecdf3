import { Button } from 'antd'
import { ArrowDown, ArrowUp, Copy, GripVertical, Trash2 } from 'lucide-react'
import { Fragment, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailBlock, MailDocument } from '../../../shared/mail/blocks.ts'
import type { Locale } from '../../../shared/text.ts'
import { BlockView } from './BlockView.tsx'
import styles from './blocks.module.css'
import { blocksIn, type ListName, type Place } from './edit.ts'
import type { useBlockDrag } from './useBlockDrag.ts'

export interface Board {
  readonly document: MailDocument
  readonly locale: Locale
  readonly nameOf: (path: string) => string
  readonly selected: string | null
  readonly over: Place | null
  readonly dragging: string | null
  readonly handle: ReturnType<typeof useBlockDrag>['handle']
  readonly faulty: ReadonlySet<string>
  readonly select: (id: string) => void
  readonly nudge: (id: string, by: -1 | 1) => void
  readonly copy: (id: string) => void
  readonly remove: (id: string) => void
}

const isAt = (over: Place | null, list: ListName, index: number) =>
  over !== null && over.list === list && over.index === index

/** The blocks of a list, with the place between them where a dragged one would go. */
export function BlockList({ list, board }: { list: ListName; board: Board }) {
  const { t } = useTranslation('mail')
  const { document, over } = board
  const blocks = blocksIn(document, list)
  return (
    <div className={list === 'mail' ? styles.list : styles.column} data-mail-list={list}>
      {blocks.map((block, index) => (
        <Fragment key={block.id}>
          {isAt(over, list, index) ? <div className={styles.gap} /> : null}
          <Block block={block} board={board} />
        </Fragment>
      ))}
      {isAt(over, list, blocks.length) ? <div className={styles.gap} /> : null}
      {blocks.length === 0 && !isAt(over, list, 0) ? (
        <p className={styles.emptyList}>{t(list === 'mail' ? 'board.empty' : 'board.emptyColumn')}</p>
      ) : null}
    </div>
  )
}

function Block({ block, board }: { block: MailBlock; board: Board }) {
  const { t } = useTranslation('mail')
  const { document, locale, nameOf, selected, dragging, handle, faulty } = board
  const { look } = document
  const { id, kind } = block
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (step !== null && event.altKey) board.nudge(id, step)
    else if (event.key === 'Delete' || event.key === 'Backspace') board.remove(id)
    else if (event.key === 'Enter' || event.key === ' ') board.select(id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const marks = [
    styles.block,
    selected === id ? styles.selected : '',
    dragging === id ? styles.leaving : '',
    faulty.has(id) ? styles.faulty : '',
  ]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot hold lists of further blocks
    <div
      className={marks.filter(Boolean).join(' ')}
      data-mail-block={id}
      data-testid={`mail-block-${kind}`}
      role="button"
      aria-label={t(`kinds.${kind}`)}
      aria-pressed={selected === id}
      tabIndex={0}
      onKeyDown={press}
      onClick={(event) => {
        event.stopPropagation()
        board.select(id)
      }}
    >
      <span className={styles.grip} {...handle({ kind, id })} title={t('board.drag')} data-testid="mail-grip">
        <GripVertical size={14} aria-hidden />
      </span>
      {block.kind === 'columns' ? (
        <div className={styles.columns}>
          {block.columns.map((_blocks, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place alone
            <BlockList key={column} list={`${id}.${column}`} board={board} />
          ))}
        </div>
      ) : (
        <BlockView block={block} look={look} locale={locale} nameOf={nameOf} />
      )}
      {selected === id ? <Tools id={id} board={board} /> : null}
    </div>
  )
}

function Tools({ id, board }: { id: string; board: Board }) {
  const { t } = useTranslation('mail')
  const tools = [
    { name: 'up', icon: <ArrowUp size={13} />, act: () => board.nudge(id, -1) },
    { name: 'down', icon: <ArrowDown size={13} />, act: () => board.nudge(id, 1) },
    { name: 'copy', icon: <Copy size={13} />, act: () => board.copy(id) },
    { name: 'remove', icon: <Trash2 size={13} />, act: () => board.remove(id) },
  ] as const
  return (
    <div className={styles.tools}>
      {tools.map(({ name, icon, act }) => (
        <Button
          key={name}
          size="small"
          type="text"
          icon={icon}
          aria-label={t(`board.${name}`)}
          title={t(`board.${name}`)}
          onClick={(event) => {
            event.stopPropagation()
            act()
          }}
        />
      ))}
    </div>
  )
}
