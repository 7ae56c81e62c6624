/* What SDL's window and event code refers to although a page never gets there; see Sdl2.cmake. Nothing may be missing
   here: Emscripten would take a function of the same name from its JavaScript version of SDL 1, without a word. */
#include <SDL.h>

/* Functions of OpenGL by name: Dear ImGui's backend calls them directly. */
void (*eglGetProcAddress(const char* name))(void) {
    (void)name;
    return NULL;
}

/* Pixel surfaces: there are none, and no cursor, icon or window made of one. */
static SDL_Surface* no_surface(void) {
    SDL_Unsupported();
    return NULL;
}
SDL_Surface* SDL_CreateRGBSurface(Uint32 flags, int width, int height, int depth, Uint32 red, Uint32 green, Uint32 blue,
                                  Uint32 alpha) {
    return no_surface();
}
SDL_Surface* SDL_CreateRGBSurfaceFrom(void* pixels, int width, int height, int depth, int pitch, Uint32 red,
                                      Uint32 green, Uint32 blue, Uint32 alpha) {
    return no_surface();
}
SDL_Surface* SDL_ConvertSurfaceFormat(SDL_Surface* surface, Uint32 format, Uint32 flags) { return no_surface(); }
void SDL_FreeSurface(SDL_Surface* surface) { (void)surface; }
int Emscripten_CreateWindowFramebuffer(void* device, SDL_Window* window, Uint32* format, void** pixels, int* pitch) {
    return SDL_Unsupported();
}
int Emscripten_UpdateWindowFramebuffer(void* device, SDL_Window* window, const SDL_Rect* areas, int count) {
    return SDL_Unsupported();
}
void Emscripten_DestroyWindowFramebuffer(void* device, SDL_Window* window) {}

/* Gestures that are recorded and known again; fingers themselves come as they are. */
int SDL_GestureAddTouch(SDL_TouchID touch) {
    (void)touch;
    return 0;
}
int SDL_GestureDelTouch(SDL_TouchID touch) {
    (void)touch;
    return 0;
}
void SDL_GestureQuit(void) {}
void SDL_GestureProcessEvent(SDL_Event* event) { (void)event; }

/* Gamepads: Dear ImGui's backend asks for them only when it is told to. */
int SDL_NumJoysticks(void) { return 0; }
SDL_bool SDL_IsGameController(int index) {
    (void)index;
    return SDL_FALSE;
}
SDL_GameController* SDL_GameControllerOpen(int index) {
    (void)index;
    return NULL;
}
void SDL_GameControllerClose(SDL_GameController* gamepad) { (void)gamepad; }
Sint16 SDL_GameControllerGetAxis(SDL_GameController* gamepad, SDL_GameControllerAxis axis) {
    (void)gamepad;
    (void)axis;
    return 0;
}
Uint8 SDL_GameControllerGetButton(SDL_GameController* gamepad, SDL_GameControllerButton button) {
    (void)gamepad;
    (void)button;
    return 0;
}
