import { useStore as useFlowStore, useReactFlow } from '@xyflow/react'
import { Button, Divider, Tooltip } from 'antd'
import { Maximize, Network, Redo2, Undo2, ZoomIn, ZoomOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { autoLayout } from '../../commands/auto-layout.ts'
import type { Command } from '../../commands/command.ts'
import { fitView } from '../../commands/fit-view.ts'
import { redo } from '../../commands/redo.ts'
import { sayShortcut } from '../../commands/shortcuts.ts'
import { undo } from '../../commands/undo.ts'
import { lasting } from '../../ui/motion.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useCanvas, useDocument } from '../context.ts'
import { isMac } from '../platform.ts'
import styles from './Toolbar.module.css'

/** Undo, redo, order and zoom, on the canvas itself. */
export function Toolbar() {
  const { t } = useTranslation('canvas')
  const undoable = useDocument(({ history }) => history.past.length > 0)
  const redoable = useDocument(({ history }) => history.future.length > 0)
  const any = useDocument(({ journey }) => Object.keys(journey.nodes).length > 0)
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('toolbar.title')}>
      <CommandButton command={undo} icon={<Undo2 size={15} />} label={t('toolbar.undo')} ready={undoable} />
      <CommandButton command={redo} icon={<Redo2 size={15} />} label={t('toolbar.redo')} ready={redoable} />
      <Divider orientation="vertical" />
      <CommandButton
        command={autoLayout}
        icon={<Network size={15} />}
        label={t('toolbar.layout')}
        ready={any}
      />
      <CommandButton command={fitView} icon={<Maximize size={15} />} label={t('toolbar.fit')} ready={any} />
      <Divider orientation="vertical" />
      <Zoom />
    </div>
  )
}

/** For a version that is only looked at: the whole of it, and zoom. */
export function ViewToolbar() {
  const { t } = useTranslation('canvas')
  const { fitView: showAll } = useReactFlow()
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('toolbar.title')}>
      <Button
        type="text"
        size="small"
        icon={<Maximize size={15} />}
        aria-label={t('toolbar.fit')}
        onClick={() => void showAll({ padding: 0.16, maxZoom: 1, duration: lasting(150) })}
      />
      <Divider orientation="vertical" />
      <Zoom />
    </div>
  )
}

function Zoom() {
  const { t } = useTranslation('canvas')
  const { zoomIn, zoomOut } = useReactFlow()
  const zoom = useFlowStore((state) => Math.round(state.transform[2] * 100))
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<ZoomOut size={15} />}
        aria-label={t('toolbar.zoomOut')}
        onClick={() => void zoomOut({ duration: lasting(150) })}
      />
      <span className={styles.zoom}>{zoom}%</span>
      <Button
        type="text"
        size="small"
        icon={<ZoomIn size={15} />}
        aria-label={t('toolbar.zoomIn')}
        onClick={() => void zoomIn({ duration: lasting(150) })}
      />
    </>
  )
}

function CommandButton({
  command,
  icon,
  label,
  ready,
}: {
  command: Command
  icon: React.ReactNode
  label: string
  ready: boolean
}) {
  const { commands } = useCanvas()
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const [shortcut] = command.shortcuts
  const press = () => {
    const done = command.run(commands)
    if (done === undefined) return
    setBusy(true)
    done.catch(notice.problem).finally(() => setBusy(false))
  }
  return (
    <Tooltip title={shortcut === undefined ? label : `${label} ${sayShortcut(shortcut, isMac())}`}>
      <Button
        type="text"
        size="small"
        icon={icon}
        loading={busy}
        disabled={!ready}
        aria-label={label}
        data-testid={command.id}
        onClick={press}
      />
    </Tooltip>
  )
}
