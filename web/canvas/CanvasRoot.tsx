import { useEffect } from 'react'
import { useStore } from 'zustand'
import styles from './CanvasRoot.module.css'
import { useCanvas } from './context.ts'
import { EarlierVersion } from './EarlierVersion.tsx'
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
  const version = useStore(useCanvas().screen, (screen) => screen.version)
  return (
    <div className={styles.page}>
      <CanvasTopBar />
      {version === null ? <Palette /> : null}
      <div className={styles.middle}>
        {version === null ? <Surface /> : <EarlierVersion number={version} />}
        <RehearsalStrip />
      </div>
      {version === null ? <Inspector /> : null}
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
