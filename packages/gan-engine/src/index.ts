export { type EngineOptions, engine, engineNames } from './engine.js';
export { EngineError } from './engine-error.js';
export { registerGradients } from './gradients/register-gradients.js';
export type { InstallProgress } from './install/build-folder.js';
export { type Installed, type InstallOptions, installLibtorch } from './install/install-libtorch.js';
export { type PlannedInstall, plannedInstall } from './install/planned-install.js';
export { findLibtorch, type Search } from './libtorch/find-libtorch.js';
export type { Libtorch } from './libtorch/libtorch.js';
export { describe, type EngineReport, type Skipped } from './report.js';
