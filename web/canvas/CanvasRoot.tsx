import { useEffect } from 'react'
import { useStore } from 'zustand'
import styles from './CanvasRoot.module.css'
import { useCanvas } from './context.ts'
import { Inspector } from './Inspector.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { DraggedCard, Palette } from './Palette.tsx'
import { PreviewPanel } from './PreviewPanel.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { QuickAddMenu } from './QuickAdd.tsx'
import { RehearsalStrip } from './RehearsalStrip.tsx'
import { StaleDialog } from './StaleDialog.tsx'
import { Surface } from './Surface.tsx'
import { CanvasTopBar } from './TopBar.tsx'
import { useCheck } from './useCheck.ts'
import { useNumbers } from './useNumbers.ts'
import { useShortcuts } from './useShortcuts.ts'

/** The open canvas: palette left, meaning right, time below. */
export function CanvasRoot() {
  useCheck()
  useNumbers()
  useShortcuts()
  useUnsavedGuard()
  return (
    <div className={styles.page}>
      <CanvasTopBar />
      <Palette />
      <div className={styles.middle}>
        <Surface />
        <RehearsalStrip />
      </div>
      <Inspector />
      <DraggedCard />
      <QuickAddMenu />
      <PreviewPanel />
      <PublishDialog />
      <StaleDialog />
      <LeaveDialog />
    </div>
  )
}

/** Keeps the browser from leaving with unsaved work without a word. */
function useUnsavedGuard(): void {
  const { saving } = useCanvas()
  const saved = useStore(saving.store, ({ status }) => status === 'saved')
  useEffect(() => {
    if (saved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [saved])
}
