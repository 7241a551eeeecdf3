import { useStore } from 'zustand'
import { useUnloadGuard } from '../ui/useUnloadGuard.ts'
import { BreakerBanner } from './BreakerBanner.tsx'
import styles from './CanvasRoot.module.css'
import { useCanvas } from './context.ts'
import { Inspector } from './inspector/Inspector.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { PausedBanner } from './PausedBanner.tsx'
import { DraggedCard, Palette } from './palette/Palette.tsx'
import { QuickAddMenu } from './palette/QuickAdd.tsx'
import { PeopleDrawer } from './people/PeopleDrawer.tsx'
import { PreviewPanel } from './preview/PreviewPanel.tsx'
import { DifferenceDialog } from './publish/DifferenceDialog.tsx'
import { EarlierVersion } from './publish/EarlierVersion.tsx'
import { MovesBanner } from './publish/MovesBanner.tsx'
import { PublishDialog } from './publish/PublishDialog.tsx'
import { useCheck } from './publish/useCheck.ts'
import { RehearsalStrip } from './rehearsal/RehearsalStrip.tsx'
import { SpacedBanner } from './SpacedBanner.tsx'
import { StaleDialog } from './StaleDialog.tsx'
import { Surface } from './surface/Surface.tsx'
import { CanvasTopBar } from './TopBar.tsx'
import { useNumbers } from './useNumbers.ts'
import { useShortcuts } from './useShortcuts.ts'

/** The open canvas: palette left, meaning right, time below. */
export function CanvasRoot() {
  useCheck()
  useNumbers()
  useShortcuts()
  const { saving, screen } = useCanvas()
  useUnloadGuard(useStore(saving.store, ({ status }) => status !== 'saved'))
  const version = useStore(screen, (state) => state.version)
  return (
    <div className={styles.page}>
      <CanvasTopBar />
      {version === null ? <Palette /> : null}
      <div className={styles.middle}>
        <BreakerBanner />
        <SpacedBanner />
        <PausedBanner />
        <MovesBanner />
        {version === null ? <Surface /> : <EarlierVersion number={version} />}
        <RehearsalStrip />
      </div>
      {version === null ? <Inspector /> : null}
      <DraggedCard />
      <QuickAddMenu />
      <PreviewPanel />
      <PeopleDrawer />
      <PublishDialog />
      <DifferenceDialog />
      <StaleDialog />
      <LeaveDialog />
    </div>
  )
}
