import { Alert, Button, Modal, Segmented, Tooltip } from 'antd'
import { CircleHelp, Moon, Redo2, Undo2 } from 'lucide-react'
import { type KeyboardEvent, useCallback, useContext, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../shared/journey/graph.ts'
import { allBlocks, type BlockKind, type Mail, type MailDocument } from '../../../shared/mail/blocks.ts'
import { isBlank, type Locale, locales } from '../../../shared/text.ts'
import { useEditor, useJourney } from '../../conditions/editor.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { FieldProblemsContext } from '../../ui/fields/problems.ts'
import { sayVariable } from '../send/variables.ts'
import { BlockForm } from './BlockForm.tsx'
import { BlockList, type Board } from './BlockList.tsx'
import blockStyles from './blocks.module.css'
import type { Subject } from './controls.tsx'
import {
  blockBy,
  duplicated,
  freeId,
  freshBlock,
  mayStandIn,
  moved,
  nudged,
  type Place,
  placeOf,
  replaced,
  withBlock,
  withoutBlock,
} from './edit.ts'
import { blockIcons, paletteKinds } from './kinds.ts'
import { MailHelp } from './MailHelp.tsx'
import { type Device, MailPreview } from './MailPreview.tsx'
import styles from './mail.module.css'
import { useBlockDrag } from './useBlockDrag.ts'
import { type MailSession, useMail } from './useMail.ts'
import { WholeForm } from './WholeForm.tsx'

interface Props {
  readonly node: string
  readonly mail: Mail
  readonly subject: Subject
  readonly open: boolean
  readonly onChange: (mail: Mail, declare?: Journey['variables']) => void
  readonly onClose: () => void
}

/** The mail at full width: its blocks, what of the selected one is changed, and the mail as somebody gets it. */
export function MailEditor({ open, onClose, ...rest }: Props) {
  const { t } = useTranslation('mail')
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      width="100vw"
      centered
      destroyOnHidden
      title={t('title')}
      className={styles.modal ?? ''}
      keyboard={false}
    >
      <Workplace {...rest} onClose={onClose} />
    </Modal>
  )
}

type Shown = 'design' | 'preview'

function Workplace({ node, mail, subject, onChange, onClose }: Omit<Props, 'open'>) {
  const { locale: reader } = useLocale()
  const [selected, setSelected] = useState<string | null>(null)
  const [shown, setShown] = useState<Shown>('design')
  const [device, setDevice] = useState<Device>('desktop')
  const [dark, setDark] = useState(false)
  const [help, setHelp] = useState(false)
  const [locale, setLocale] = useState<Locale>(reader)
  const declared = useRef<Journey['variables'] | undefined>(undefined)
  const session = useMail(mail, (next) => onChange(next, declared.current))
  const { document, apply } = session
  const block = blockBy(document, selected)
  const add = (kind: BlockKind, place: Place) => {
    const id = freeId(document)
    apply(withBlock(document, freshBlock[kind](id), place), null)
    setSelected(id)
  }
  const { drag, handle } = useBlockDrag((dragged, place) => {
    if (dragged.id === null) add(dragged.kind, place)
    else apply(moved(document, dragged.id, place), null)
  })
  /** Behind the selected block, or before a footer at the end. */
  const nextPlace = (kind: BlockKind): Place => {
    const at = selected === null ? null : placeOf(document, selected)
    if (at !== null && mayStandIn(kind, at.list)) return { list: at.list, index: at.index + 1 }
    const last = document.blocks.at(-1)?.kind === 'footer' && kind !== 'footer' ? 1 : 0
    return { list: 'mail', index: document.blocks.length - last }
  }
  const board = useBoard({
    document,
    apply,
    selected,
    setSelected,
    locale,
    drag: drag === null ? null : { id: drag.id, over: drag.over },
    handle,
  })
  const press = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase()
    if (event.key === 'Escape' && selected !== null) {
      setSelected(null)
      event.preventDefault()
      return
    }
    if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return
    // An address or a number that is being typed has the browser's own undo.
    if (event.target instanceof Element && event.target.closest('input, textarea')) return
    const step = key === 'y' || event.shiftKey ? session.redo : session.undo
    step?.()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole editor, wherever the focus is
    <div className={styles.workplace} data-panel="mail" data-testid="mail-editor" onKeyDown={press}>
      <Bar
        {...{ session, shown, setShown, device, setDevice, dark, setDark, locale, setLocale, onClose }}
        onHelp={() => setHelp(true)}
      />
      {session.layout === 'failed' ? <Failed again={session.again} /> : null}
      {shown === 'preview' ? (
        <MailPreview node={node} device={device} dark={dark} untitled={isBlank(subject.value)} />
      ) : (
        <div className={styles.desk}>
          <Palette handle={handle} onPick={(kind) => add(kind, nextPlace(kind))} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a press beside the blocks selects none; Escape does too */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same */}
          <div
            className={styles.board}
            style={{ background: document.look.background }}
            onClick={() => setSelected(null)}
          >
            <div
              className={blockStyles.sheet}
              style={{
                background: document.look.panel,
                color: document.look.ink,
                maxWidth: device === 'phone' ? 375 : 640,
              }}
              data-testid="mail-sheet"
            >
              <BlockList list="mail" board={board} />
            </div>
          </div>
          <aside className={styles.form}>
            {block === null ? (
              <WholeForm
                document={document}
                subject={subject}
                change={(next, field, declare) => {
                  declared.current = declare
                  apply(next, field)
                  declared.current = undefined
                }}
              />
            ) : (
              <BlockForm
                block={block}
                change={(next, field, declare) => {
                  declared.current = declare
                  apply(replaced(document, next), `${next.id} ${field}`)
                  declared.current = undefined
                }}
              />
            )}
          </aside>
        </div>
      )}
      {drag === null ? null : <Carried kind={drag.kind} x={drag.x} y={drag.y} />}
      <MailHelp open={help} onClose={() => setHelp(false)} />
    </div>
  )
}

interface BoardParts {
  readonly document: MailDocument
  readonly apply: MailSession['apply']
  readonly selected: string | null
  readonly setSelected: (id: string | null) => void
  readonly locale: Locale
  readonly drag: { readonly id: string | null; readonly over: Place | null } | null
  readonly handle: Board['handle']
}

function useBoard({ document, apply, selected, setSelected, locale, drag, handle }: BoardParts): Board {
  const { locale: reader } = useLocale()
  const journey = useJourney((whole) => whole)
  const { contents } = useEditor().brand
  const nameOf = useCallback(
    (path: string) => sayVariable(path, journey, reader, contents),
    [journey, reader, contents],
  )
  const problemsAt = useContext(FieldProblemsContext)
  const faulty = new Set(
    allBlocks(document.blocks).flatMap(({ id }) =>
      [`mail.${id}`, ...locales.map((one) => `mail.${id}.${one}`)].some((path) =>
        problemsAt(path).some(({ severity }) => severity === 'error'),
      )
        ? [id]
        : [],
    ),
  )
  return {
    document,
    locale,
    nameOf,
    selected,
    over: drag?.over ?? null,
    dragging: drag?.id ?? null,
    handle,
    faulty,
    select: setSelected,
    nudge: (id, by) => apply(nudged(document, id, by), null),
    copy(id) {
      const copy = duplicated(document, id)
      apply(copy.document, null)
      setSelected(copy.id)
    },
    remove(id) {
      apply(withoutBlock(document, id), null)
      setSelected(null)
    },
  }
}

function Palette({ handle, onPick }: { handle: Board['handle']; onPick: (kind: BlockKind) => void }) {
  const { t } = useTranslation('mail')
  return (
    <nav className={styles.palette} aria-label={t('palette')}>
      {paletteKinds.map((kind) => {
        const Icon = blockIcons[kind]
        return (
          <button
            key={kind}
            type="button"
            className={styles.item}
            data-testid={`mail-add-${kind}`}
            title={t(`helps.${kind}`)}
            onClick={() => onPick(kind)}
            {...handle({ kind, id: null })}
          >
            <Icon size={15} aria-hidden />
            {t(`kinds.${kind}`)}
          </button>
        )
      })}
      <p className={styles.hint}>{t('paletteHint')}</p>
    </nav>
  )
}

/** The block under the pointer while it is dragged. */
function Carried({ kind, x, y }: { kind: BlockKind; x: number; y: number }) {
  const { t } = useTranslation('mail')
  const Icon = blockIcons[kind]
  return (
    <div className={styles.carried} style={{ left: x + 10, top: y + 10 }}>
      <Icon size={15} aria-hidden />
      {t(`kinds.${kind}`)}
    </div>
  )
}

function Failed({ again }: { again: () => void }) {
  const { t } = useTranslation('mail')
  return (
    <Alert
      type="warning"
      showIcon
      message={t('failed')}
      action={
        <Button size="small" onClick={again}>
          {t('again')}
        </Button>
      }
    />
  )
}

interface BarProps {
  readonly session: MailSession
  readonly shown: Shown
  readonly setShown: (shown: Shown) => void
  readonly device: Device
  readonly setDevice: (device: Device) => void
  readonly dark: boolean
  readonly setDark: (dark: boolean) => void
  readonly locale: Locale
  readonly setLocale: (locale: Locale) => void
  readonly onHelp: () => void
  readonly onClose: () => void
}

function Bar(props: BarProps) {
  const { t } = useTranslation(['mail', 'nodes'])
  const { session, shown, setShown, device, setDevice, dark, setDark, locale, setLocale } = props
  return (
    <header className={styles.bar}>
      <Tooltip title={t('mail:undo')}>
        <Button
          type="text"
          icon={<Undo2 size={15} />}
          aria-label={t('mail:undo')}
          data-testid="mail-undo"
          disabled={session.undo === null}
          onClick={() => session.undo?.()}
        />
      </Tooltip>
      <Tooltip title={t('mail:redo')}>
        <Button
          type="text"
          icon={<Redo2 size={15} />}
          aria-label={t('mail:redo')}
          data-testid="mail-redo"
          disabled={session.redo === null}
          onClick={() => session.redo?.()}
        />
      </Tooltip>
      <Segmented<Shown>
        value={shown}
        aria-label={t('mail:shown')}
        options={(['design', 'preview'] as const).map((value) => ({
          value,
          label: <span data-testid={`mail-${value}`}>{t(`mail:shows.${value}`)}</span>,
        }))}
        onChange={setShown}
      />
      <Segmented<Device>
        value={device}
        aria-label={t('mail:device')}
        options={(['desktop', 'phone'] as const).map((value) => ({
          value,
          label: t(`mail:devices.${value}`),
        }))}
        onChange={setDevice}
      />
      {shown === 'preview' ? (
        <Button
          type={dark ? 'primary' : 'default'}
          icon={<Moon size={14} />}
          aria-pressed={dark}
          data-testid="mail-dark"
          onClick={() => setDark(!dark)}
        >
          {t('mail:dark')}
        </Button>
      ) : (
        <Segmented<Locale>
          value={locale}
          aria-label={t('nodes:send.language')}
          options={locales.map((value) => ({ value, label: t(`nodes:languages.${value}`) }))}
          onChange={setLocale}
        />
      )}
      <span className={styles.grow} />
      <span className={styles.state} data-testid="mail-layout-state" data-state={session.layout}>
        {t(`mail:layouts.${session.layout}`)}
      </span>
      <Button type="text" icon={<CircleHelp size={15} />} onClick={props.onHelp} data-testid="mail-help">
        {t('mail:help.title')}
      </Button>
      <Button type="primary" onClick={props.onClose} data-testid="mail-done">
        {t('mail:done')}
      </Button>
    </header>
  )
}
